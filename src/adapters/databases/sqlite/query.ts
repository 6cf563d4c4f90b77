import type sqlite from 'node-sqlite3-wasm';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { Cell, Column, QueryLimits, ResultRows } from '../../../core/data/database.ts';
import { sqliteDialect } from '../../../core/sql/sqlite/dialect.ts';
import { tokenize } from '../../../core/sql/tokens/lexer.ts';
import { parseStatement } from '../../../core/sql/tokens/parse-query.ts';
import { isoTimestamp, shorten } from '../cells.ts';
import { createRowCollector } from '../row-collector.ts';

type Connection = InstanceType<typeof sqlite.Database>;
type Value = sqlite.SQLiteValue;

/** The library returns rows as objects, which lose one of two columns with the same name; this gives the names. */
type Statement = ReturnType<Connection['prepare']> & { _getColumnNames(): string[] };

/** Runs one read, up to the caps of `limits`. */
export function runSqliteQuery(connection: Connection, sql: string, limits: QueryLimits): ResultRows {
  requireRead(connection, sql);
  const started = performance.now();
  const statement = connection.prepare(sql) as Statement;
  try {
    const names = statement._getColumnNames();
    statement._getColumnNames = () => names.map((_, index) => String(index));
    const rows = createRowCollector(limits);
    const kinds = names.map(() => new Set<ColumnType>());
    for (const row of statement.iterate()) {
      const values = names.map((_, index) => row[index] as Value);
      values.forEach((value, index) => {
        if (value !== null) kinds[index]?.add(kindOf(value));
      });
      rows.add(values.map((value) => cellOf(value, limits.maxCellLength)));
      if (rows.isFull()) break;
    }
    const columns = names.map((name, index): Column => ({ name, type: typeOf(kinds[index]) }));
    const result = rows.result(columns, performance.now() - started);
    return { ...result, rows: result.rows.map((row) => row.map((cell, index) => datedCell(cell, columns[index]))) };
  } finally {
    statement.finalize();
  }
}

/** Opcodes that change a file, the schema or the connection. A sorter's own table uses others. */
const writes =
  /^(OpenWrite|CreateBtree|Destroy|Clear|Drop\w+|ParseSchema|SetCookie|Vacuum|IncrVacuum|JournalMode|Checkpoint|MaxPgcnt|SqlExec|Savepoint|AutoCommit|LoadAnalysis|VUpdate|VCreate|VDestroy|VBegin|VRename)$/;

/**
 * A read by its form, since a PRAGMA takes effect while it is prepared, even under EXPLAIN; and by its program, which
 * must not open anything for writing.
 */
function requireRead(connection: Connection, sql: string): void {
  const statement = parseStatement(tokenize(sql, sqliteDialect.rules), sql, sqliteDialect.grammar);
  if (statement.kind === 'query' && statement.explain) return;
  const program = connection.all(`EXPLAIN ${sql}`);
  const written = program.find(({ opcode, p2, p4 }) => {
    const isWrite = writes.test(String(opcode)) || (opcode === 'Transaction' && p2 !== 0);
    return isWrite || /^(sqlite_attach|sqlite_detach|load_extension)\(/.test(String(p4));
  });
  if (written !== undefined) throw new Error(`The statement is not a read: it would run ${String(written.opcode)}.`);
}

function cellOf(value: Value, maxLength: number): Cell {
  if (value === null) return null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return shorten(typeof value === 'string' ? value : `\\x${Buffer.from(value).toString('hex')}`, maxLength);
}

/** SQLite types values, not columns, and stores dates as text. */
function kindOf(value: Exclude<Value, null>): ColumnType {
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'string') return 'bytes';
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'date';
  return /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(value) ? 'timestamp' : 'text';
}

function typeOf(kinds: ReadonlySet<ColumnType> | undefined): ColumnType {
  const [only, ...others] = [...(kinds ?? [])];
  if (only === undefined || others.length === 0) return only ?? 'text';
  return [...(kinds ?? [])].every((kind) => kind === 'integer' || kind === 'number') ? 'number' : 'text';
}

const datedCell = (cell: Cell, column: Column | undefined): Cell =>
  column?.type === 'timestamp' && typeof cell === 'string' ? isoTimestamp(cell.replace('T', ' ')) : cell;
