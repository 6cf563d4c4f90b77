import { isMemoriError } from '../src/core/base/errors.ts';
import type { Catalogue, CatalogueColumn, CatalogueTable } from '../src/core/data/catalogue.ts';
import type { Database } from '../src/core/data/database.ts';
import type { SqlSyntax } from '../src/core/data/syntax.ts';
import { sqlDialects } from '../src/core/measures/composing/sql-dialects.ts';
import { identifier } from '../src/core/measures/model/sql-text.ts';
import { checkSql } from '../src/core/sql/check-sql.ts';
import { openPolicy } from '../src/core/sql/policy.ts';

/** Rows of a table that are looked at. */
const looked = 20_000;
/** A column with more different numbers than this holds no codes. */
const mostCodes = 12;
const limits = { maxRows: mostCodes + 1, maxBytes: 10_000, maxCellLength: 100, timeoutMs: 5_000 };

/** The catalogue with the values of whole numbers of which there are few: flags and codes. It lists texts only. */
export async function withCodes(
  catalogue: Catalogue,
  database: Database,
  syntax: SqlSyntax,
  signal: AbortSignal,
): Promise<Catalogue> {
  const valuesOf = async (table: CatalogueTable, { name }: CatalogueColumn): Promise<readonly string[] | undefined> => {
    const column = identifier(name);
    const from = `${identifier(table.schema)}.${identifier(table.name)}`;
    const rows = `SELECT ${column} AS code FROM ${from} WHERE ${column} IS NOT NULL LIMIT ${looked}`;
    const { dialect } = database;
    try {
      const sql = sqlDialects[dialect].finish(`SELECT DISTINCT code FROM (${rows}) AS codes ORDER BY code`);
      const options = { dialect, catalogue, policy: openPolicy, maxRows: limits.maxRows, syntax };
      const result = await database.query(await checkSql(sql, options), limits, signal);
      return result.rows.length > mostCodes ? undefined : result.rows.map(([value]) => String(value));
    } catch (error) {
      if (!isMemoriError(error)) throw error;
      return undefined;
    }
  };
  const tables: CatalogueTable[] = [];
  for (const table of catalogue.tables) {
    const columns: CatalogueColumn[] = [];
    for (const column of table.columns) {
      const isNumber = column.type === 'integer' && !table.primaryKey.includes(column.name);
      const values = isNumber ? await valuesOf(table, column) : undefined;
      columns.push(values === undefined ? column : { ...column, values, valuesComplete: true });
    }
    tables.push({ ...table, columns });
  }
  return { ...catalogue, tables };
}
