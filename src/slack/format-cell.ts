import { shortenTimes } from '../core/charts/shorten-times.ts';
import type { Cell, Column } from '../core/data/database.ts';
import type { Texts } from '../core/texts/texts-for.ts';

/** Whole numbers that name something are not grouped: `2024` is a year, `10432` an order. */
const ungrouped = /(^|_)(id|year|key|code|zip|postcode|no|number|version)$/i;
const maxDecimals = 4;

/** Formats the cells of one column, with the same decimals, so that they line up. */
export type CellFormat = (cell: Cell) => string;

/** The format of a column. Empty and NULL cells become `–`, because Slack refuses empty ones. */
export function cellFormat(column: Column, cells: readonly Cell[], texts: Texts): CellFormat {
  const decimals = decimalsOf(column, cells);
  const shortened = shortTimes(column, cells);
  const format = new Intl.NumberFormat(texts.language === 'zh' ? 'zh-CN' : 'en', {
    useGrouping: !(column.type === 'integer' && ungrouped.test(column.name)),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return (cell) => {
    if (cell === null) return '–';
    if (typeof cell === 'number') return isReadable(cell, decimals) ? format.format(cell) : String(cell);
    const text = shortened.get(cell) ?? (column.type === 'timestamp' ? String(cell).replace('T', ' ') : String(cell));
    return text.trim() === '' ? '–' : text;
  };
}

/** Months and years as people write them, as in a chart. A single day is never shortened. */
function shortTimes({ type }: Column, cells: readonly Cell[]): ReadonlyMap<Cell, string> {
  const times = cells.filter((cell) => typeof cell === 'string');
  if ((type !== 'date' && type !== 'timestamp') || new Set(times).size < 2) return new Map();
  const short = shortenTimes(times);
  return new Map(times.flatMap((time, index) => (short[index] === time ? [] : [[time, short[index] ?? time]])));
}

/** Numbers that would show as 0, or as a row of zeros, are written like 1e+300 instead. */
const isReadable = (value: number, decimals: number): boolean =>
  value === 0 || (Math.abs(value) >= 10 ** -decimals / 2 && Math.abs(value) < 1e21);

function decimalsOf(column: Column, cells: readonly Cell[]): number {
  if (column.type !== 'number') return 0;
  const figures = cells.filter((cell) => typeof cell === 'number');
  const decimals = Math.max(0, ...figures.map((figure) => String(figure).split('.')[1]?.length ?? 0));
  // Numbers lose trailing zeros: 286,969.3 is probably money with two decimals, 13.6 need not be.
  const isAmount = decimals === 1 && figures.some((figure) => Math.abs(figure) >= 1000);
  return isAmount ? 2 : Math.min(maxDecimals, decimals);
}

/** `1.2 s`, `340 ms`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** US dollars, with the decimals that a small sum needs. */
export const dollars = (microUsd: number): string => {
  const usd = microUsd / 1_000_000;
  return usd !== 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2);
};
