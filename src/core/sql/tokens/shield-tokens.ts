import type { DialectName } from '../../data/database.ts';
import { quotedName } from '../shield/mask-expression.ts';
import type { KnownTable } from './known-tables.ts';
import type { Token } from './lexer.ts';

/** A table in FROM that is to be replaced by a query. */
export type ShieldedTable = {
  /** Where its name begins. */
  readonly position: number;
  readonly parts: number;
  /** Its name when it has no alias. */
  readonly name: string | undefined;
  readonly table: KnownTable;
};

/** Everything that must be written differently. */
export type Shielded = {
  readonly tables: readonly ShieldedTable[];
  /** Positions of schemas to remove before columns and stars of such a table. */
  readonly schemas: ReadonlySet<number>;
};

/** `table` → `(SELECT …) AS table`, and `schema.table.column` → `table.column`. */
export function shieldTokens(
  tokens: readonly Token[],
  { tables, schemas }: Shielded,
  dialect: DialectName,
  queryOf: (table: KnownTable) => string,
): readonly Token[] {
  if (tables.length === 0) return tokens;
  const starts = new Map(tables.map((shielded) => [shielded.position, shielded]));
  const written: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const shielded = starts.get(token.start);
    if (shielded !== undefined) {
      // `TABLE t` is `SELECT * FROM t`.
      const before = written.at(-1);
      if (before?.kind === 'word' && before.value === 'table')
        written.splice(-1, 1, { ...before, text: 'SELECT * FROM', value: 'from' });
      const name = shielded.name === undefined ? '' : ` AS ${quotedName(shielded.name, dialect)}`;
      written.push({ ...token, kind: 'symbol', text: `(${queryOf(shielded.table)})${name}` });
      at += 2 * (shielded.parts - 1);
    } else if (schemas.has(token.start)) at += 1;
    else written.push(token);
  }
  return written;
}
