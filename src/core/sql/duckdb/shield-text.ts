import { characterOffset } from '../refusal.ts';
import { quotedName } from '../shield/mask-expression.ts';
import type { KnownTable } from '../tokens/known-tables.ts';
import { type Token, tokenize } from '../tokens/lexer.ts';
import { writeTokens } from '../tokens/write-tokens.ts';
import type { Rewrites } from './context.ts';
import { duckdbRules } from './lexical-rules.ts';
import { type Fields, locationOf, textOf } from './tree.ts';

/**
 * Replaces shielded tables by `(SELECT …) AS table` in the text. DuckDB's tree says where each name is; the result is
 * parsed and checked again, so a wrong position is refused instead of run.
 */
export function shieldText(
  sql: string,
  { shielded, schemas }: Rewrites,
  queryOf: (table: KnownTable) => string,
): string {
  const tokens = tokenize(sql, duckdbRules);
  const at = (fields: Fields): number => {
    const { location } = { location: -1, ...locationOf(fields) };
    const start = location < 0 ? -1 : characterOffset(sql, location);
    return tokens.findIndex((token) => token.start === start);
  };
  const texts = new Map<number, string>();
  for (const { item, table } of shielded) {
    const parts = [item.catalog_name, item.schema_name, item.table_name].map(textOf).filter(Boolean).length;
    const first = at(item);
    const name = textOf(item.alias) === '' ? ` AS ${quotedName(textOf(item.table_name), 'duckdb')}` : '';
    const whole = isDescribed(tokens[first - 1]) ? 'SELECT * FROM ' : '';
    texts.set(first, `${whole}(${queryOf(table)})${name}`);
    for (let index = first + 1; index <= first + 2 * (parts - 1); index += 1) texts.set(index, '');
  }
  // The schema and its dot.
  for (const index of schemas.map(at)) for (const gone of [index, index + 1]) texts.set(gone, '');
  const written = tokens.flatMap((token, index): readonly Token[] => {
    const text = texts.get(index);
    if (text === undefined) return [token];
    return text === '' ? [] : [{ ...token, kind: 'symbol', text }];
  });
  return writeTokens(written);
}

/** `SUMMARIZE t` is `SUMMARIZE SELECT * FROM t`. */
const isDescribed = (before: Token | undefined): boolean =>
  before?.kind === 'word' && ['describe', 'desc', 'summarize'].includes(before.value);
