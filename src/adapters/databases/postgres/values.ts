import type { CatalogueColumn, CatalogueTable } from '../../../core/data/catalogue.ts';
import type { CatalogueProgress } from '../../../core/data/database.ts';
import { tablesToSample } from '../../../core/sql/table-families.ts';
import { isPersonal, keepShort, maxDistinct, readInFull, type Values, withValues } from '../listed-values.ts';
import { quoteIdentifier } from '../quote-identifier.ts';
import { throttle } from '../throttle.ts';

/** Runs one of our own queries and returns its rows as objects. */
export type RunQuery = (sql: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** Server-side limit for the values of one table, and for all tables together, in milliseconds. */
const timeoutMs = { table: 1_000, all: 3_000 };

const isListable = (column: CatalogueColumn): boolean =>
  column.type === 'text' &&
  !/\[\]$|^(tsvector|tsquery|xml|uuid|interval|time|inet|cidr|point|polygon|path|geometry|geography|vector)\b/.test(
    column.dataType,
  );

type Statistics = ReadonlyMap<string, Values>;

const keyOf = (table: CatalogueTable, column: string): string => JSON.stringify([table.schema, table.name, column]);

/**
 * Fills in the values of text columns that have few of them: for large tables from the planner's statistics, for others
 * by counting, which also counts the rows of a table that was never analysed. What cannot be read in time gets none.
 * Runs as the last step of a transaction.
 */
export async function readValues(
  tables: readonly CatalogueTable[],
  run: RunQuery,
  progress?: CatalogueProgress,
): Promise<readonly CatalogueTable[]> {
  const attempt = await openAttempts(run);
  const statistics = await readStatistics(attempt);
  const deadline = performance.now() + timeoutMs.all;
  const wanted = tablesToSample(tables);
  const tell = throttle(progress);
  const filled: CatalogueTable[] = [];
  for (const table of tables) {
    tell(filled.length, tables.length);
    const listable = table.columns.filter(isListable);
    const isSmall = (table.rowEstimate ?? 0) <= readInFull && performance.now() < deadline;
    const isRead = isSmall && wanted.has(table) && listable.length > 0;
    const counted = isRead ? await countValues(table, listable, attempt) : undefined;
    const valuesOf = (column: CatalogueColumn) =>
      counted?.values.get(column) ?? statistics.get(keyOf(table, column.name));
    filled.push({
      ...table,
      rowEstimate: table.rowEstimate ?? (table.kind === 'table' ? counted?.rows : undefined),
      columns: table.columns.map((column) => (isListable(column) ? withValues(column, valuesOf(column)) : column)),
    });
  }
  return filled;
}

/** A positive `n_distinct` is a count. With as many common values the list is complete. */
const statisticsQuery = `
  SELECT schemaname AS schema, tablename AS table, attname AS column, most_common_vals::text::text[] AS values,
         cardinality(most_common_freqs) = n_distinct AS complete
  FROM pg_stats
  WHERE most_common_vals IS NOT NULL AND n_distinct BETWEEN 1 AND ${maxDistinct}
    AND schemaname NOT IN ('pg_catalog', 'information_schema')`;

async function readStatistics(attempt: RunQuery): Promise<Statistics> {
  const rows = await attempt(statisticsQuery);
  return new Map(
    rows.map((row) => {
      const values = keepShort(Array.isArray(row.values) ? row.values.map(String) : []);
      const complete = row.complete === true && values.complete;
      return [JSON.stringify([row.schema, row.table, row.column]), { values: values.values, complete }];
    }),
  );
}

type Counted = {
  /** Undefined when there are more than were read. */
  readonly rows: number | undefined;
  readonly values: ReadonlyMap<CatalogueColumn, Values>;
};

async function countValues(
  table: CatalogueTable,
  columns: readonly CatalogueColumn[],
  attempt: RunQuery,
): Promise<Counted | undefined> {
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const lists = names.map(
    (name, index) =>
      `ARRAY(SELECT v FROM (SELECT ${name}::text AS v, count(*) AS n FROM sample WHERE ${name} IS NOT NULL ` +
      `GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${maxDistinct + 1}) AS top) AS c${index}`,
  );
  const from = `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
  const [row] = await attempt(
    `WITH sample AS MATERIALIZED (SELECT ${names.join(', ')} FROM ${from} LIMIT ${readInFull}) ` +
      `SELECT (SELECT count(*) FROM sample)::int AS rows, ${lists.join(', ')}`,
  );
  if (row === undefined) return undefined;
  const rows = Number(row.rows);
  const found = new Map<CatalogueColumn, Values>();
  columns.forEach((column, index) => {
    const list = row[`c${index}`];
    const values = Array.isArray(list) ? list.map(String) : [];
    if (values.length > maxDistinct || isPersonal(values)) return;
    const short = keepShort(values);
    found.set(column, { ...short, complete: short.complete && rows < readInFull });
  });
  return { rows: rows < readInFull ? rows : undefined, values: found };
}

/**
 * Runs queries that may fail: a foreign table that is down or a slow view must not cost the catalogue. One savepoint
 * serves all, since nothing is written; a query that fails returns no rows.
 */
async function openAttempts(run: RunQuery): Promise<RunQuery> {
  await run(`SET LOCAL statement_timeout = ${timeoutMs.table}`);
  await run('SAVEPOINT column_values');
  return async (sql) => {
    try {
      return await run(sql);
    } catch {
      await run('ROLLBACK TO SAVEPOINT column_values');
      return [];
    }
  };
}
