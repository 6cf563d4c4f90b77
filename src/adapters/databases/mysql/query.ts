import type { FieldPacket } from 'mysql2';
import type { Connection } from 'mysql2/promise';
import type { ColumnType } from '../../../core/data/column-type.ts';
import type { Cell, Column, QueryLimits, ResultRows } from '../../../core/data/database.ts';
import { isoTimestamp, numberCell, shorten } from '../cells.ts';
import { createRowCollector } from '../row-collector.ts';

/** Type codes of the protocol (`enum_field_types`). */
const typesByCode: ReadonlyMap<number, ColumnType> = new Map<number, ColumnType>([
  [0, 'number'],
  [1, 'integer'],
  [2, 'integer'],
  [3, 'integer'],
  [4, 'number'],
  [5, 'number'],
  [7, 'timestamp'],
  [8, 'integer'],
  [9, 'integer'],
  [10, 'date'],
  [12, 'timestamp'],
  [13, 'integer'],
  [16, 'bytes'],
  [245, 'json'],
  [246, 'number'],
  [255, 'bytes'],
]);

const timestampCode = 7;
const tinyintCode = 1;
/** Character set of what is not text. */
const binaryCharset = 63;
const stringCodes: ReadonlySet<number> = new Set([249, 250, 251, 252, 253, 254]);

/** The parts of mysql2's connection that reading row by row needs. */
type RowConnection = {
  query(options: object): NodeJS.EventEmitter;
  destroy(): void;
};

/** Bytes that may arrive beyond the cap before the connection is dropped; the protocol cannot stop a result. */
const wireSlack = 32 * 1024 * 1024;

/** Runs one statement and keeps its rows, each value as the text or bytes that the server sent, up to `limits`. */
export function runMysqlQuery(connection: Connection, sql: string, limits: QueryLimits): Promise<ResultRows> {
  const inner = (connection as unknown as { connection: RowConnection }).connection;
  const started = performance.now();
  const rows = createRowCollector(limits);
  let fields: readonly FieldPacket[] = [];
  let columns: readonly Column[] = [];
  let received = 0;
  return new Promise((resolve, reject) => {
    const finish = () => resolve(rows.result(columns, performance.now() - started));
    inner
      .query({ sql, rowsAsArray: true, typeCast: (field: { buffer(): Buffer | null }) => field.buffer() })
      .on('fields', (packets: readonly FieldPacket[] | undefined) => {
        fields = packets ?? [];
        columns = fields.map((field) => ({ name: field.name, type: typeOf(field) }));
      })
      .on('result', (row: readonly (Buffer | null)[]) => {
        if (!Array.isArray(row)) return;
        received += row.reduce((sum, value) => sum + (value?.length ?? 0), 0);
        if (received > limits.maxBytes + wireSlack) {
          inner.destroy();
          reject(new Error('The rows are too large to be received. Select fewer or shorter columns.'));
        }
        rows.add(row.map((value, index) => cellOf(value, fields[index], limits.maxCellLength)));
      })
      .on('error', reject)
      .on('end', finish);
  });
}

function typeOf(field: FieldPacket): ColumnType {
  const code = field.columnType ?? field.type ?? 253;
  if (code === tinyintCode && field.columnLength === 1) return 'boolean';
  const charset = (field as { characterSet?: number }).characterSet;
  if (stringCodes.has(code)) return charset === binaryCharset ? 'bytes' : 'text';
  return typesByCode.get(code) ?? 'text';
}

function cellOf(value: Buffer | null, field: FieldPacket | undefined, maxLength: number): Cell {
  if (value === null || field === undefined) return null;
  const type = typeOf(field);
  if (type === 'bytes') return shorten(`\\x${value.toString('hex')}`, maxLength);
  const text = value.toString('utf8');
  switch (type) {
    case 'boolean':
      return text === '0' || text === '1' ? text === '1' : Number(text);
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'number':
      return numberCell(text, maxLength);
    case 'timestamp':
      // A TIMESTAMP is a moment, given in the session's zone, which is UTC; a DATETIME has no zone.
      return isoTimestamp((field.columnType ?? field.type) === timestampCode ? `${text}+00` : text);
    default:
      return shorten(text, maxLength);
  }
}
