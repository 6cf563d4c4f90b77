import { currencySigns } from './currencies.ts';
import { literally, quoteText, type Reading } from './reading.ts';

type Marks = { readonly decimal: '.' | ','; readonly group: '' | ',' | '.' | "'" | ' ' };

const conventions: readonly Marks[] = (['.', ','] as const).flatMap((decimal) =>
  (['', ',', '.', "'", ' '] as const).filter((group) => group !== decimal).map((group) => ({ decimal, group })),
);

/** Spaces and apostrophes that group digits, and the signs that stand for a minus: written as one before reading. */
const spaces = '\u00a0\u2009\u202f\u2007';
export const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u2009\u202f\u2007]/g, ' ')
    .replaceAll('’', "'")
    .replace(/[\u2212\u2013]/g, '-');
const plainSql = (text: string): string =>
  `translate(${text}, ${quoteText(`${spaces}’\u2212\u2013`)}, ${quoteText("    '--")})`;

/** Nobody writes a plus before an amount of nine digits. */
const isPhone = (text: string): boolean => /^\+\d{9,}$/.test(text);

type Affix = { readonly unit: string; readonly before: string; readonly after: string };

/** What stands before and after the digits of one value, a minus and brackets left out. */
function affixOf(text: string): Affix | undefined {
  const [, before = '', after = ''] =
    /^[-+(]*\s*(?:[-+]\s*)?([^\d\s.,'()+-]*)\s*[-+]?\s*[\d.,][\d.,' eE+-]*?\s*([^\d\s.,'()+-]*)[-)]*$/u.exec(text) ??
    [];
  const unit = before || after;
  if (before !== '' && after !== '') return undefined;
  if (unit === '' || unit === '%' || unit === '‰' || /^\p{Sc}$/u.test(unit) || currencySigns().has(unit))
    return { unit, before, after };
  return undefined;
}

function patternOf({ decimal, group }: Marks): string {
  const d = literally(decimal);
  const bare = `(?:(?:0|[1-9]\\d*)(?:${d}\\d*)?|${d}\\d+)(?:[eE][-+]?\\d+)?`;
  if (group === '') return bare;
  const g = literally(group);
  const indian = group === ',' ? `|[1-9]\\d?(?:,\\d{2})+,\\d{3}(?:${d}\\d*)?` : '';
  return `(?:[1-9]\\d{0,2}(?:${g}\\d{3})+(?:${d}\\d*)?${indian}|${bare})`;
}

/** Digits with a point, as every engine reads them; a sign in front. */
function normal(text: string, { decimal, group }: Marks, unit: string): string {
  const isNegative = /^\s*\(/.test(text) || /-\s*\)?$/.test(text) || /^[^\d]*-/.test(text.replace(unit, ''));
  let digits = (unit === '' ? text : text.replace(unit, '')).replace(/[()\s]/g, '');
  if (group !== '' && group !== ' ') digits = digits.replaceAll(group, '');
  digits = digits.replace(/^[-+]+|-$/g, '').replace(decimal, '.');
  return `${isNegative ? '-' : ''}${digits}`;
}

/** Nothing but digits, a point and a sign in front: what engines write. */
const bareNumber = '[-+]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?';
const isBare = (text: string): boolean => /^[-+]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text);

const bareSql = (text: string): string => `CASE WHEN regexp_full_match(${text}, '${bareNumber}') THEN ${text} END`;

function sqlOf(text: string, pattern: string, { decimal, group }: Marks, unit: string): string {
  const given = plainSql(text);
  const bare = unit === '' ? given : `replace(${given}, ${quoteText(unit)}, '')`;
  const drop = `() ${group === ' ' || group === '' ? '' : group}`;
  const digits = `replace(regexp_replace(translate(${bare}, ${quoteText(drop)}, ''), '^[-+]+|-$', ''), ${quoteText(decimal)}, '.')`;
  const minus = `CASE WHEN regexp_matches(${bare}, '^\\s*\\(|-\\s*\\)?$|^[^\\d]*-') THEN '-' ELSE '' END`;
  return `CASE WHEN regexp_full_match(${given}, ${quoteText(pattern)}) THEN ${minus} || ${digits} END`;
}

/** Every way in which all values are numbers. None when one is no number. */
export function numberReadings(values: readonly string[]): readonly Reading[] {
  const texts = values.map(plain);
  if (texts.some(isPhone)) return [];
  const affixes = texts.map(affixOf);
  const units = new Set(affixes.map((affix) => affix?.unit));
  const [unit] = units;
  // Amounts of two currencies, or shares beside plain numbers, are no single column to sum.
  if (unit === undefined || units.size !== 1) return [];
  const u = unit === '' ? '' : literally(unit);
  const affix = unit === '' ? '' : `(?:${u}\\s*)?`;
  const shape = (marks: Marks) => {
    const body = `[-+]?\\s*${affix}[-+]?\\s*${patternOf(marks)}\\s*${affix}`;
    return `(?:${body}|\\(\\s*${affix}${patternOf(marks)}\\s*${affix}\\)|${affix}${patternOf(marks)}-)`;
  };
  const isAllBare = values.every(isBare);
  return conventions.flatMap((marks) => {
    const pattern = shape(marks);
    const whole = new RegExp(`^${pattern}$`, 'u');
    if (!texts.every((text) => whole.test(text))) return [];
    return [
      {
        kind: 'number',
        form: formOf(marks, unit, texts),
        values: texts.map((text) => normal(text, marks, unit)),
        toSql: (text) => (isAllBare && marks.decimal === '.' ? bareSql(text) : sqlOf(text, pattern, marks, unit)),
        decimal: marks.decimal,
        ...(unit === '' ? {} : { unit }),
        assumptions: [],
      } satisfies Reading,
    ];
  });
}

function formOf({ decimal, group }: Marks, unit: string, texts: readonly string[]): string {
  const hasGroup =
    group !== '' && texts.some((text) => /\d/.test(text) && text.replace(unit, '').trim().includes(group));
  const hasDecimal = texts.some((text) => text.includes(decimal));
  const number = `${hasGroup ? `1${group}234` : '1234'}${hasDecimal ? `${decimal}5` : ''}`;
  if (unit === '%' || unit === '‰') return `${number} ${unit}`;
  return unit === '' ? number : `${unit} ${number}`;
}
