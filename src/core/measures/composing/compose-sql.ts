import { type Reading, sameKey } from '../reading/reading.ts';
import { aggregateSql } from './aggregate-sql.ts';
import type { ComposeContext } from './compose-context.ts';
import { listSql } from './list-sql.ts';

/** SQL for a reading. Gives up (`Unreadable`) when a part of it has no place: nothing is left out silently. */
export function composeSql(reading: Reading, context: ComposeContext): string {
  const measures = [...reading.metrics];
  for (const filter of reading.filters)
    if (filter.kind === 'having' && !measures.some((one) => sameKey(one, filter.measure)))
      measures.push(filter.measure);
  const sql =
    measures.length === 0 ? listSql(reading, context) : aggregateSql({ ...reading, metrics: measures }, context);
  return context.dialect.finish(sql);
}
