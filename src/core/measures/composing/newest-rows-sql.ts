import { textLiteral } from '../model/sql-text.ts';
import type { ComposeContext } from './compose-context.ts';
import { bodyOf, Selection } from './select-parts.ts';

/** Datasets that are asked at most: each is one scan. */
const most = 8;

/** The newest day of each dataset that has a date of its own; undefined when none has. */
export function newestRowsSql({ model, dialect, today }: ComposeContext): string | undefined {
  const dated = [...model.datasets.values()].flatMap(({ name, time, phrases }) =>
    time !== undefined && ['date', 'timestamp'].includes(time.type) && time.dataset === name
      ? [{ name, time, label: phrases[0] ?? name }]
      : [],
  );
  if (dated.length === 0) return undefined;
  const selects = dated.slice(0, most).map(({ name, time, label }) => {
    const selection = new Selection(model, name, dialect, today);
    const newest = dialect.truncate('day', `max(${selection.field(time)})`);
    return `SELECT ${textLiteral(label)} AS data, ${newest} AS newest\n${bodyOf(selection)}`;
  });
  return dialect.finish(selects.join('\nUNION ALL\n'));
}
