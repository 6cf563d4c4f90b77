import {
  type DuckDBConnection,
  type DuckDBResult,
  DuckDBTypeId,
  type DuckDBValue,
  StatementType,
} from '@duckdb/node-api';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { Cell, Column, QueryLimits, ResultRows } from '../../../core/data/database.ts';
import { duckdbRules } from '../../../core/sql/duckdb/lexical-rules.ts';
import { tokenize } from '../../../core/sql/tokens/lexer.ts';
import { onlyStatement } from '../../../core/sql/tokens/parse-query.ts';
import { isoTimestamp, numberCell, shorten } from '../cells.ts';
import { createRowCollector } from '../row-collector.ts';

const typesById: ReadonlyMap<DuckDBTypeId, ColumnType> = new Map([
  [DuckDBTypeId.BOOLEAN, 'boolean'],
  ...[
    DuckDBTypeId.TINYINT,
    DuckDBTypeId.SMALLINT,
    DuckDBTypeId.INTEGER,
    DuckDBTypeId.BIGINT,
    DuckDBTypeId.UTINYINT,
    DuckDBTypeId.USMALLINT,
    DuckDBTypeId.UINTEGER,
    DuckDBTypeId.UBIGINT,
    DuckDBTypeId.HUGEINT,
    DuckDBTypeId.UHUGEINT,
  ].map((id) => [id, 'integer'] as const),
  [DuckDBTypeId.FLOAT, 'number'],
  [DuckDBTypeId.DOUBLE, 'number'],
  [DuckDBTypeId.DECIMAL, 'number'],
  [DuckDBTypeId.DATE, 'date'],
  [DuckDBTypeId.TIMESTAMP, 'timestamp'],
  [DuckDBTypeId.TIMESTAMP_S, 'timestamp'],
  [DuckDBTypeId.TIMESTAMP_MS, 'timestamp'],
  [DuckDBTypeId.TIMESTAMP_NS, 'timestamp'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'timestamp'],
  [DuckDBTypeId.BLOB, 'bytes'],
] as const);

/** Runs one read, fetched in chunks until a cap of `limits` is reached. */
export async function runDuckdbQuery(
  connection: DuckDBConnection,
  sql: string,
  limits: QueryLimits,
): Promise<ResultRows> {
  const started = performance.now();
  const result = await streamRead(connection, sql);
  const columns = columnsOf(result);
  const rows = createRowCollector(limits);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows()) {
      rows.add(row.map((value, index) => cellOf(value, columns[index]?.type ?? 'text', limits.maxCellLength)));
    }
    if (rows.isFull()) break;
  }
  // What was not fetched of a stream would hold up the next statement.
  if (rows.isFull()) connection.interrupt();
  return rows.result(columns, performance.now() - started);
}

/**
 * One written statement, and by the engine's own word a query. A PIVOT over values it has to find first is two for the
 * engine: the definition of a type, and the query.
 */
async function streamRead(connection: DuckDBConnection, sql: string): Promise<DuckDBResult> {
  const tokens = onlyStatement(tokenize(sql, duckdbRules));
  const statements = await connection.extractStatements(sql);
  const isPivot = statements.count === 2 && tokens.some(({ kind, value }) => kind === 'word' && value === 'pivot');
  if (statements.count !== 1 && !isPivot)
    throw new Error(`There are ${statements.count} statements; exactly one is run.`);
  if (isPivot) {
    const type = await statements.prepare(0);
    if (type.statementType !== StatementType.CREATE) throw notRead(type.statementType);
    await type.run();
  }
  const query = await statements.prepare(statements.count - 1);
  const { statementType } = query;
  if (statementType !== StatementType.SELECT && statementType !== StatementType.EXPLAIN) throw notRead(statementType);
  if (/^(pragma|call)$/.test(tokens[0]?.value ?? '')) throw notRead(statementType);
  return query.stream();
}

const notRead = (type: StatementType): Error => new Error(`The statement is not a read but ${StatementType[type]}.`);

function columnsOf(result: DuckDBResult): readonly Column[] {
  const names = result.columnNames();
  return result.columnTypes().map((type, index) => ({
    name: names[index] ?? '',
    type: type.alias === 'JSON' ? 'json' : (typesById.get(type.typeId) ?? 'text'),
  }));
}

function cellOf(value: DuckDBValue, type: ColumnType, maxLength: number): Cell {
  if (value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (type === 'number') return numberCell(String(value), maxLength);
  if (type === 'timestamp') return isoTimestamp(String(value));
  if (type === 'bytes' && typeof value === 'object' && 'bytes' in value && value.bytes instanceof Uint8Array) {
    return shorten(`\\x${Buffer.from(value.bytes).toString('hex')}`, maxLength);
  }
  return shorten(String(value), maxLength);
}
