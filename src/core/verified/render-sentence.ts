import type { Locale } from '../base/namespace.ts';
import type { Cell, Column, ResultRows } from '../data/database.ts';
import { spanOf } from '../language/calendar.ts';
import { dayText, periodText } from '../language/period-text.ts';
import { figureOf } from './sentence-figures.ts';
import type { BoundParameters } from './verified-match.ts';

/** Shown for NULL. */
const missing = '–';
/** The longest text cell in a sentence. Characters. */
const maxText = 120;

/** Whether a column holds numbers that are names, such as ids: their digits are not grouped. */
const isName = (column: string): boolean => /(?:^|_)(?:id|year|no|code|zip)$/iu.test(column);

/** Whether a column holds percentages, which keep their decimals. Amounts get two. */
const isPercentage = (column: string): boolean => /(?:^|_)(?:pct|percent|percentage)$/iu.test(column);

/** What grew says so: +26.9. */
const isChange = (column: string): boolean =>
  /(?:^|_)(?:change|growth)(?:_(?:pct|percent|percentage))?$/iu.test(column);

function numberText(value: string | number, { name, type }: Column, locale: Locale): string {
  const exact = typeof value === 'string' && /^-?\d+$/u.test(value) ? BigInt(value) : Number(value);
  if (typeof exact === 'number' && !Number.isFinite(exact)) return String(value);
  const digits =
    type === 'number' ? { minimumFractionDigits: isPercentage(name) ? 0 : 2, maximumFractionDigits: 2 } : {};
  const signDisplay = isChange(name) ? 'exceptZero' : 'auto';
  return new Intl.NumberFormat(locale, { ...digits, signDisplay, useGrouping: !isName(name) }).format(exact);
}

/** Spans of time that a first day may stand for. */
const units = ['month', 'quarter', 'year'] as const;
type Unit = (typeof units)[number];

/** A day, or the month, quarter or year that begins on it when the column's name or the grouping says so. */
function dateText(value: string, { name }: Column, locale: Locale, grain: Unit | undefined): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?/u.exec(value) ?? [];
  if (day === undefined) return value;
  const unit = units.find((one) => name.toLowerCase() === one) ?? (name.toLowerCase() === 'date' ? grain : undefined);
  if (unit !== undefined) return periodText(spanOf(day, unit), locale);
  return time === undefined || time === '00:00' ? dayText(day, locale) : `${dayText(day, locale)} ${time}`;
}

/** One cell as it reads in a sentence: 1,234.50, 1 Mar 2026, yes; "–" for NULL. */
export function cellText(cell: Cell, column: Column, locale: Locale, grain?: Unit): string {
  if (cell === null) return missing;
  if (typeof cell === 'boolean') return locale === 'zh' ? (cell ? '是' : '否') : cell ? 'yes' : 'no';
  if (column.type === 'integer' || column.type === 'number') return numberText(cell, column, locale);
  const text = String(cell).trim();
  if (column.type === 'date' || column.type === 'timestamp') return dateText(text, column, locale, grain);
  return text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text;
}

/** Whether a result has no rows, or one row with sums of nothing. */
export const isNothing = ({ rows }: ResultRows): boolean =>
  rows.length === 0 ||
  (rows.length === 1 &&
    rows[0]?.includes(null) === true &&
    rows[0].every((cell) => cell === null || Number(cell) === 0));

/** The sentence for an empty result. `title`: what was asked for. */
export const nothingFound = (title: string, locale: Locale): string =>
  locale === 'zh' ? `没有符合条件的数据：${title}。` : `Nothing found: ${title}.`;

/** A sentence of figures, filled, or that there are none of `title`, if that is known. Undefined as `renderSentence`. */
export const figuresIn = (
  template: string | undefined,
  title: string | undefined,
  result: ResultRows,
  locale: Locale,
  cut?: ReadonlySet<number>,
): string | undefined =>
  template !== undefined && title !== undefined && isNothing(result)
    ? nothingFound(title, locale)
    : renderSentence(template, result, locale, {}, cut);

/**
 * Fills a template from a result: `{column}` is the first row's value, `{last column}`, `{sum column}`, `{max column}`
 * and `{min column}` are taken over all rows, `{other at max column}` is another column of the row with the highest
 * value, `{rows}` the number of rows (with "+" when there were more), `{parameter}` what it is bound to. Undefined when
 * there is no template, no row for a column, or an unknown name: no sentence is better than one with a gap. `cut`: see
 * `figureOf`.
 */
export function renderSentence(
  template: string | undefined,
  result: ResultRows,
  locale: Locale,
  parameters: BoundParameters = {},
  cut?: ReadonlySet<number>,
): string | undefined {
  if (!template?.trim()) return undefined;
  const grain = units.find((unit) =>
    Object.values(parameters).some(({ type, value }) => type === 'choice' && value === unit),
  );
  let isComplete = true;
  const text = template.replace(/\{([^{}]+)\}/gu, (_, name: string) => {
    const figure = figureOf(name, result, cut);
    if (figure !== undefined) return cellText(figure.cell, figure.column, locale, grain);
    if (name === 'rows')
      return `${new Intl.NumberFormat(locale).format(result.rowCount)}${result.truncated ? '+' : ''}`;
    const bound = parameters[name]?.display;
    isComplete &&= bound !== undefined;
    return bound ?? '';
  });
  return isComplete ? text : undefined;
}
