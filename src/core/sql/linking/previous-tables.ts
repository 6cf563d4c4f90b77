import type { Catalogue } from '../../data/catalogue.ts';

/** Tables that a statement seems to name, as `schema.table`. A hint for linking that does not parse the SQL. */
export function tablesIn(sql: string, { tables }: Catalogue): readonly string[] {
  const words = new Set(sql.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []);
  return tables.filter(({ name }) => words.has(name.toLowerCase())).map(({ schema, name }) => `${schema}.${name}`);
}
