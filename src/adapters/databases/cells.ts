import type { Cell } from '../../core/data/database.ts';

/** A double when it has exactly these digits; otherwise, as for NaN and infinities, the text. */
export function numberCell(text: string, maxLength: number): Cell {
  const number = Number(text);
  if (!Number.isFinite(number)) return shorten(text, maxLength);
  return plainDigits(text) === plainDigits(String(number)) ? number : shorten(text, maxLength);
}

/** Sign, significant digits and exponent, so that equal numbers give equal texts: `12.50` and `1.25e1` → `125e-1`. */
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

/** Cuts at a whole character and ends in `…`. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, Math.max(maxLength - 1, 0));
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}
