import type { ColumnType } from '../../../core/data/column-type.ts';
import type { Cell } from '../../../core/data/database.ts';
import { isoTimestamp, numberCell, shorten } from '../cells.ts';

/** Object ids of built-in types (pg_type.dat); they never change. */
const typesByOid: ReadonlyMap<number, ColumnType> = new Map<number, ColumnType>([
  [16, 'boolean'],
  [17, 'bytes'],
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [26, 'integer'],
  [700, 'number'],
  [701, 'number'],
  [1700, 'number'],
  [114, 'json'],
  [3802, 'json'],
  [1082, 'date'],
  [1114, 'timestamp'],
  [1184, 'timestamp'],
]);

/** How a type is shown. Types that are not listed, arrays included, are shown as PostgreSQL's text. */
export const columnTypeOf = (oid: number): ColumnType => typesByOid.get(oid) ?? 'text';

/** A cell from the text PostgreSQL sends (DateStyle ISO, bytea_output hex). */
export function cellOf(text: string | null, type: ColumnType, maxLength: number): Cell {
  if (text === null) return null;
  switch (type) {
    case 'boolean':
      return text === 't' || text === 'true';
    case 'integer':
      return Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'number':
      return numberCell(text, maxLength);
    case 'timestamp':
      return isoTimestamp(text);
    default:
      return shorten(text, maxLength);
  }
}
