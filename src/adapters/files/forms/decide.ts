import { booleanReading } from './boolean-form.ts';
import { dateReadings, isCompact, timeReading } from './date-form.ts';
import type { DateOrder, FormReading } from './form-reading.ts';
import { isMissing } from './missing-words.ts';
import { numberReadings } from './number-form.ts';

/** A column as it is in a file: its name and values, each once, trimmed. */
export type Column = { readonly name: string; readonly values: readonly string[] };

/** What is known beside the values: by the options of an admin, or by how the file is written. */
export type Known = {
  readonly decimal?: '.' | ',' | undefined;
  readonly dates?: DateOrder | undefined;
  /** Commas between fields leave the point as the decimal mark. */
  readonly delimiter?: string | undefined;
  readonly missing: ReadonlySet<string>;
};

/** A decided column. Without a reading it is text; `doubt` says where it could have been more. */
export type Decision = {
  readonly reading: FormReading | undefined;
  /** All readings that fit, to be proved on every row. */
  readonly candidates: readonly FormReading[];
  readonly assumptions: readonly string[];
  readonly doubt?: string;
  readonly isEmpty?: true;
};

type Open = { readonly column: Column; readonly readings: readonly FormReading[]; readonly values: readonly string[] };

/** Decides all columns of a file together, because what one leaves open another may settle. */
export function decide(columns: readonly Column[], known: Known): readonly Decision[] {
  const open = columns.map((column) => openColumn(column, known));
  const settled = open.map(({ readings }) => (readings.length === 1 ? readings[0] : undefined));
  const decimal =
    known.decimal ?? only(settled.flatMap((reading) => (showsDecimal(reading) ? [reading?.decimal] : [])));
  const order = known.dates ?? only(settled.flatMap((reading) => (reading?.order ? [reading.order] : [])));
  return open.map((one) => decideColumn(one, { ...known, decimal, dates: order }, known));
}

/** The one value that all agree on. */
function only<T>(values: readonly (T | undefined)[]): T | undefined {
  const [first, ...others] = new Set(values);
  return others.length === 0 ? first : undefined;
}

/** Whether a settled reading tells which mark is the decimal one: blanks and apostrophes between thousands do not. */
const showsDecimal = (reading: FormReading | undefined): boolean =>
  reading?.kind === 'number' && /\d[.,]\d/.test(reading.form);

function openColumn(column: Column, { missing }: Known): Open {
  const values = column.values.filter((value) => !isMissing(value, missing));
  return { column, values, readings: values.length === 0 ? [] : readingsOf(column.name, values) };
}

const saysDate = /date|day|datum|fecha|jour|data\b|日期|时间|(^|_)dt($|_)|time|timestamp/i;

function readingsOf(name: string, values: readonly string[]): readonly FormReading[] {
  const yesNo = booleanReading(values);
  if (yesNo !== undefined) return [yesNo];
  const time = timeReading(values);
  if (time !== undefined) return [time];
  const dates = values.every(isCompact) && !saysDate.test(name) ? [] : dateReadings(values);
  return distinct(dates.length > 0 ? dates : numberReadings(values));
}

/** Readings that give other values. */
function distinct(readings: readonly FormReading[]): readonly FormReading[] {
  const byValues = new Map<string, FormReading>();
  for (const reading of readings) {
    const key = reading.values.join('\n');
    if (!byValues.has(key)) byValues.set(key, reading);
  }
  return [...byValues.values()];
}

function decideColumn({ column, readings, values }: Open, evidence: Known, given: Known): Decision {
  if (values.length === 0) return { reading: undefined, candidates: [], assumptions: [], isEmpty: true };
  const [first, ...others] = readings;
  if (first === undefined) return { reading: undefined, candidates: [], assumptions: [], ...nearly(values) };
  if (others.length === 0) return { reading: first, candidates: readings, assumptions: first.assumptions };
  const { reading, why } =
    first.kind === 'number'
      ? settleNumber(readings, values, evidence, given)
      : settleDate(column.name, readings, evidence, given);
  if (reading !== undefined) return { reading, candidates: readings, assumptions: [...reading.assumptions, why] };
  const [example = ''] = values.filter((_, index) => new Set(readings.map((one) => one.values[index])).size > 1);
  const ways = readings.map((one) => `${one.values[values.indexOf(example)]} (${one.form})`).join(' or ');
  const option = first.kind === 'number' ? 'decimal' : 'dates';
  return {
    reading: undefined,
    candidates: readings,
    assumptions: [],
    doubt: `"${example}" may be ${ways}: kept as text until \`${option}\` says which.`,
  };
}

type Settled = { readonly reading?: FormReading | undefined; readonly why: string };

function settleNumber(
  readings: readonly FormReading[],
  values: readonly string[],
  evidence: Known,
  given: Known,
): Settled {
  const pick = (decimal: '.' | ',' | undefined, why: string): Settled | undefined => {
    const fitting = readings.filter((one) => one.decimal === decimal);
    return decimal !== undefined && fitting.length === 1 ? { reading: fitting[0], why } : undefined;
  };
  return (
    pick(given.decimal, 'The decimal mark is given in the options.') ??
    pick(evidence.decimal, `Another column shows that the decimal mark is "${evidence.decimal}".`) ??
    pick(
      groupingShown(values),
      'Numbers under 1000 have no mark and round ones keep their zeros: the mark groups thousands.',
    ) ??
    pick(
      given.delimiter === ',' ? '.' : undefined,
      'Commas part the fields, so the decimal mark is taken to be a point.',
    ) ?? { why: '' }
  );
}

/**
 * The decimal mark where rows show that the other mark groups: whoever writes decimals without closing zeros does not
 * write 1.230, and whoever writes three digits always does not write 12.
 */
function groupingShown(values: readonly string[]): '.' | ',' | undefined {
  const marked = values.filter((value) => /\d[.,]\d{3}(?!\d)/.test(value));
  const bare = values.filter((value) => /^\D*[1-9]\d{0,2}\D*$/.test(value));
  const hasLong = values.some((value) => /\d{4}/.test(value));
  if (hasLong || bare.length === 0 || !marked.some((value) => /[.,]\d\d0(?!\d)/.test(value))) return undefined;
  return marked[0]?.includes(',') ? '.' : ',';
}

function settleDate(name: string, readings: readonly FormReading[], evidence: Known, given: Known): Settled {
  const pick = (order: DateOrder | undefined, why: string): Settled | undefined => {
    const reading = readings.find((one) => one.order === order);
    return order !== undefined && reading ? { reading, why } : undefined;
  };
  const among = readings.filter((one) => !isSpreadYear(one));
  const [left] = among;
  return (
    pick(given.dates, 'The order of day and month is given in the options.') ??
    pick(evidence.dates, `Another column shows the order: ${evidence.dates}.`) ??
    (left && among.length === 1 ? pick(left.order, 'Only read so do the years stay together.') : undefined) ??
    pick(onlySorted(among), 'Only read so are the rows in order.') ??
    pick(byName(name, among), `Read so that each is one ${name.toLowerCase()}.`) ?? { why: '' }
  );
}

/** A year in front that runs through what days run through, beside a last part of few values: the last one is the year. */
function isSpreadYear({ order, values }: FormReading): boolean {
  const years = new Set(values.map((day) => day.slice(0, 4)));
  const days = new Set(values.map((day) => day.slice(8, 10)));
  return order === 'YMD' && years.size >= 6 && days.size * 3 <= years.size;
}

const fewest = 6;

function onlySorted(readings: readonly FormReading[]): DateOrder | undefined {
  const sorted = readings.filter(
    ({ values }) => values.length >= fewest && (isSorted(values) || isSorted(values.toReversed())),
  );
  return sorted.length === 1 ? sorted[0]?.order : undefined;
}

const isSorted = (values: readonly string[]): boolean =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? '') <= value);

/** A column called month has one day of each month; one called day has days that follow each other. */
function byName(name: string, readings: readonly FormReading[]): DateOrder | undefined {
  const monthly = ({ values }: FormReading) =>
    values.length >= 3 &&
    new Set(values.map((day) => day.slice(8, 10))).size === 1 &&
    new Set(values.map((day) => day.slice(0, 7))).size === values.length;
  const daily = ({ values }: FormReading) =>
    values.length >= 3 &&
    values.every(
      (day, index) => index === 0 || Math.abs(Date.parse(day) - Date.parse(values[index - 1] ?? '')) === 86_400_000,
    );
  const fits = /^month$|^monat$|^mois$|^月份?$/i.test(name.trim())
    ? monthly
    : /^day$|^tag$|^jour$|^日期?$/i.test(name.trim())
      ? daily
      : undefined;
  const fitting = fits ? readings.filter(fits) : [];
  return fitting.length === 1 ? fitting[0]?.order : undefined;
}

/** Where nearly all values are numbers or days: which are not. */
function nearly(values: readonly string[]): { readonly doubt?: string } {
  if (values.length < 5) return {};
  const kinds = [
    ['numbers', (value: string) => numberReadings([value]).length > 0],
    ['dates', (value: string) => dateReadings([value]).length > 0],
  ] as const;
  for (const [kind, fits] of kinds) {
    const odd = values.filter((value) => !fits(value));
    if (odd.length === 0 || odd.length * 10 > values.length) continue;
    const shown = odd
      .slice(0, 3)
      .map((value) => JSON.stringify(value.slice(0, 30)))
      .join(', ');
    return {
      doubt: `All values are ${kind} but ${odd.length === 1 ? 'one' : `${odd.length} different ones`}: ${shown}. Text, unless \`missing\` names them.`,
    };
  }
  return {};
}
