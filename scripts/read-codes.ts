import { readPlainly } from '../src/core/answers/read-plainly.ts';
import type { Source } from '../src/core/answers/source.ts';
import type { Catalogue, CatalogueColumn, CatalogueTable } from '../src/core/data/catalogue.ts';
import { sqlDialects } from '../src/core/measures/composing/sql-dialects.ts';
import { identifier } from '../src/core/measures/model/sql-text.ts';
import { visibleCatalogue } from '../src/core/sql/visible-catalogue.ts';

/** Rows of a table that are looked at. */
const looked = 20_000;
/** A column with more different numbers than this holds no codes. */
const mostCodes = 12;

/**
 * What may be seen of a source, with the values of whole numbers of which there are few: flags and codes. A catalogue
 * lists texts only. Errors: as `Source.catalogue`.
 */
export async function withCodes(source: Source, signal: AbortSignal): Promise<Catalogue> {
  const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
  const { finish } = sqlDialects[source.database.dialect];
  const valuesOf = async (table: CatalogueTable, { name }: CatalogueColumn): Promise<readonly string[] | undefined> => {
    const column = identifier(name);
    const from = `${identifier(table.schema)}.${identifier(table.name)}`;
    const rows = `SELECT ${column} AS code FROM ${from} WHERE ${column} IS NOT NULL LIMIT ${looked}`;
    const sql = finish(`SELECT DISTINCT code FROM (${rows}) AS codes ORDER BY code`);
    const read = (await readPlainly(sql, source, mostCodes + 1, signal))?.rows ?? [];
    return read.length === 0 || read.length > mostCodes ? undefined : read.map(([value]) => String(value));
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
