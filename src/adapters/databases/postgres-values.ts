import type { CatalogueColumn, CatalogueTable } from '../../core/sql/catalogue.ts';
import type { RunQuery } from './postgres-catalogue.ts';

/** A column with more distinct values than this is not one whose values people name. */
const maxDistinct = 200;
/** Longest value kept, in characters: longer ones are prose. */
const maxLength = 100;
/** Rows looked at in a table. Below it every distinct value is found. */
const sampleRows = 200_000;
/** Tables whose values are read; a database with more is described by names and comments alone. */
const maxTables = 500;
/** Server-side limit for the values of one table, in milliseconds. */
const timeoutMs = 2_000;

const isListable = (column: CatalogueColumn): boolean =>
  column.type === 'text' &&
  !/\[\]$|^(tsvector|xml|uuid|point|polygon|path|geometry|geography|vector)/.test(column.dataType);

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Fills in the values of text columns that have few of them. A table that cannot be read in time keeps none. */
export async function readValues(tables: readonly CatalogueTable[], run: RunQuery): Promise<readonly CatalogueTable[]> {
  const filled: CatalogueTable[] = [];
  for (const [index, table] of tables.entries()) {
    const readable = index < maxTables && table.columns.some(isListable);
    filled.push(readable ? await withValues(table, run) : table);
  }
  return filled;
}

async function withValues(table: CatalogueTable, run: RunQuery): Promise<CatalogueTable> {
  const listable = table.columns.filter(isListable);
  const lists = listable.map(
    ({ name }, index) =>
      `ARRAY(SELECT v FROM (SELECT ${quote(name)}::text AS v, count(*) AS n FROM sample WHERE ${quote(name)} IS NOT NULL ` +
      `GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxDistinct + 1}) AS top) AS c${index}`,
  );
  const from = `${quote(table.schema)}.${quote(table.name)}`;
  const sql =
    `WITH sample AS MATERIALIZED (SELECT ${listable.map(({ name }) => quote(name)).join(', ')} FROM ${from} LIMIT ${sampleRows}) ` +
    `SELECT (SELECT count(*) FROM sample)::int AS rows, ${lists.join(', ')}`;
  const row = await attempt(sql, run);
  if (row === undefined) return table;
  const complete = Number(row.rows) < sampleRows;
  const columns = table.columns.map((column) => {
    const index = listable.indexOf(column);
    return index < 0 ? column : columnWithValues(column, row[`c${index}`], Number(row.rows), complete);
  });
  return { ...table, columns };
}

/** Values are an extra: a foreign table that is down or a view that is slow must not cost the catalogue. */
async function attempt(sql: string, run: RunQuery): Promise<Record<string, unknown> | undefined> {
  await run('SAVEPOINT column_values');
  try {
    await run(`SET LOCAL statement_timeout = ${timeoutMs}`);
    const [row] = await run(sql);
    await run('RELEASE SAVEPOINT column_values');
    return row;
  } catch {
    await run('ROLLBACK TO SAVEPOINT column_values');
    return undefined;
  }
}

/** Kept when there are few, or when they repeat so much that the frequent ones are worth knowing. */
function columnWithValues(column: CatalogueColumn, found: unknown, rows: number, complete: boolean): CatalogueColumn {
  const values = Array.isArray(found) ? found.map(String) : [];
  const isUnique = values.length > 20 && values.length >= rows;
  if (values.length > maxDistinct || isUnique) return column;
  const short = values.filter((value) => value.length <= maxLength);
  return { ...column, values: short, valuesComplete: complete && short.length === values.length };
}
