import { currencySigns } from './currencies.ts';
import { type FormReading, literally, quoteText } from './form-reading.ts';

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

/** Nothing but digits, a point and a sign in front: what engines write and read. */
const bareNumber = '[-+]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?';
const bare = new RegExp(`^${bareNumber}$`);
/** With these digits after a point it cannot group thousands. */
const isClearPoint = (text: string): boolean => /\.(?!\d{3}$)/.test(text);

/** Zero is zero of any unit. */
const zero = '0(?:[.,]0+)?';
const isZero = (text: string): boolean => /^0(?:[.,]0+)?$/.test(text);

/** Every way in which all values are numbers. None when one is no number. */
export function numberReadings(values: readonly string[]): readonly FormReading[] {
  if (values.some(isPhone)) return [];
  if (values.every((value) => bare.test(value))) {
    const isClear = values.every((value) => !value.includes('.')) || values.some(isClearPoint);
    return isClear ? [bareReading(values)] : [bareReading(values), ...markedReadings(values, '')];
  }
  const texts = values.map(plain);
  const units = new Set(texts.filter((text) => !isZero(text)).map((text) => affixOf(text)?.unit));
  const [unit] = units;
  // Amounts of two currencies, or shares beside plain numbers, are no single column to sum.
  return unit === undefined || units.size !== 1 ? [] : markedReadings(values, unit);
}

const bareReading = (values: readonly string[]): FormReading => ({
  kind: 'number',
  form: formOf({ decimal: '.', group: '' }, '', values),
  values: values.map((value) => normal(value, { decimal: '.', group: '' }, '')),
  toSql: (text) => `CASE WHEN regexp_full_match(${text}, '${bareNumber}') THEN ${text} END`,
  // The engine takes nan and inf for doubles.
  toTypedSql: (text, type) => (type === 'DOUBLE' ? undefined : `TRY_CAST(${text} AS ${type})`),
  decimal: '.',
  assumptions: [],
});

function markedReadings(values: readonly string[], unit: string): readonly FormReading[] {
  const texts = values.map(plain);
  const style: Style = {
    unit,
    isPlain: values.every((value, index) => value === texts[index]),
    isSigned: texts.some((text) => /[-+(]/.test(text)),
  };
  return conventions.flatMap((marks) => {
    const pattern = patternWith(marks, style);
    const whole = new RegExp(`^${pattern}$`, 'u');
    if (!texts.every((text) => whole.test(text))) return [];
    return [
      {
        kind: 'number',
        form: formOf(marks, unit, texts),
        values: texts.map((text) => normal(text, marks, unit)),
        toSql: (text) => sqlOf(text, pattern, marks, style),
        decimal: marks.decimal,
        ...(unit === '' ? {} : { unit }),
        assumptions: [],
      } satisfies FormReading,
    ];
  });
}

/** What the sample needs; a value that needs more refutes the reading when it is proved. */
type Style = { readonly unit: string; readonly isPlain: boolean; readonly isSigned: boolean };

function patternWith(marks: Marks, { unit, isSigned }: Style): string {
  const number = patternOf(marks);
  const u = literally(unit);
  const sign = isSigned ? '[-+]?\\s*' : '';
  const bodies =
    unit === '' ? [`${sign}${number}`] : [`${sign}${u}\\s*${sign}${number}`, `${sign}${number}\\s*${u}`, zero];
  const closed = unit === '' ? [number] : [`${u}\\s*${number}`, `${number}\\s*${u}`];
  const negative = isSigned ? closed.flatMap((one) => [`\\(\\s*${one}\\s*\\)`, `${one}-`]) : [];
  return `(?:${[...bodies, ...negative].join('|')})`;
}

function sqlOf(text: string, pattern: string, { decimal, group }: Marks, { unit, isPlain, isSigned }: Style): string {
  const given = isPlain ? text : plainSql(text);
  const unitless = unit === '' ? given : `replace(${given}, ${quoteText(unit)}, '')`;
  const drop = `() ${group === ' ' ? '' : group}`;
  const marked = `translate(${unitless}, ${quoteText(drop)}, '')`;
  const unsigned = isSigned ? `regexp_replace(${marked}, '^[-+]+|-$', '')` : marked;
  const digits = decimal === '.' ? unsigned : `replace(${unsigned}, ',', '.')`;
  const minus = `CASE WHEN regexp_matches(${unitless}, '^\\s*\\(|-\\s*\\)?$|^[^\\d]*-') THEN '-' ELSE '' END || `;
  return `CASE WHEN regexp_full_match(${given}, ${quoteText(pattern)}) THEN ${isSigned ? minus : ''}${digits} END`;
}

function formOf({ decimal, group }: Marks, unit: string, texts: readonly string[]): string {
  const hasGroup =
    group !== '' && texts.some((text) => /\d/.test(text) && text.replace(unit, '').trim().includes(group));
  const hasDecimal = texts.some((text) => text.includes(decimal));
  const number = `${hasGroup ? `1${group}234` : '1234'}${hasDecimal ? `${decimal}5` : ''}`;
  if (unit === '%' || unit === '‰') return `${number} ${unit}`;
  return unit === '' ? number : `${unit} ${number}`;
}
