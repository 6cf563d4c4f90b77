import type { ColumnType } from '../../../core/data/column-type.ts';
import type { Cell } from '../../../core/data/database.ts';

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

/** How a type is shown. Everything that is not listed, arrays too, is the text PostgreSQL writes for it. */
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

/** A double when it has exactly these digits; NaN, infinities and longer numerics stay text. */
export function numberCell(text: string, maxLength: number): Cell {
  const number = Number(text);
  if (!Number.isFinite(number)) return shorten(text, maxLength);
  return plainDigits(text) === plainDigits(String(number)) ? number : shorten(text, maxLength);
}

/** The same number always as the same text: sign, significant digits, exponent. `12.50` and `1.25e1` → `125e-1`. */
function plainDigits(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const scale = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${scale}`;
}

/** `2026-03-01 12:00:00+00` → `2026-03-01T12:00:00Z`. Infinity and years before 1 or after 9999 stay as they are. */
export function isoTimestamp(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2}(?::\d{2}){0,2})?$/.exec(text);
  if (match === null) return text;
  const [, day = '', time = '', offset = ''] = match;
  return `${day}T${time}${offset === '+00' ? 'Z' : offset.length === 3 ? `${offset}:00` : offset}`;
}

/** Cut on a whole character, ending in `…`. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, Math.max(maxLength - 1, 0));
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}
