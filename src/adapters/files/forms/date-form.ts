import { type DateShape, dateShape, readDate } from './date-shapes.ts';
import { type DateText, dateText, dateTextSql } from './date-text.ts';
import { type DateOrder, type FormReading, quoteText } from './form-reading.ts';

type Written = DateText & { readonly shape: DateShape };

const words: Readonly<Record<DateOrder, string>> = {
  DMY: 'day, month, year',
  MDY: 'month, day, year',
  YMD: 'year, month, day',
};

/** Every way in which all values are days, with or without a time. None when one is no day. */
export function dateReadings(values: readonly string[]): readonly FormReading[] {
  const written = allWritten(values);
  if (written === undefined || isSeason(written) || isMixedZone(written)) return [];
  const open = written.filter(({ shape }) => !shape.formats.has(undefined));
  const orders: readonly (DateOrder | undefined)[] =
    open.length === 0
      ? [undefined]
      : (['DMY', 'MDY', 'YMD'] as const).filter((order) => open.every(({ shape }) => shape.formats.has(order)));
  return orders.flatMap((order) => readingOf(values, written, order) ?? []);
}

function allWritten(values: readonly string[]): readonly Written[] | undefined {
  const written: Written[] = [];
  for (const value of values) {
    const one = dateText(value);
    const shape = dateShape(one.text);
    if (shape === undefined) return undefined;
    written.push({ ...one, shape });
  }
  return written;
}

/** `2010-11` and the like: the second year, not a month, where it is always the year after. */
const isSeason = (written: readonly Written[]): boolean =>
  written.every(({ text }) => {
    const [, year, next] = /^\d\d(\d\d)-(\d\d)$/.exec(text) ?? [];
    return year !== undefined && (Number(year) + 1) % 100 === Number(next);
  });

/** A time with a zone beside one without: which hour is meant cannot be told. */
const isMixedZone = (written: readonly Written[]): boolean =>
  new Set(written.filter(({ shape }) => shape.hasTime).map(({ shape }) => shape.hasZone)).size > 1;

function readingOf(
  values: readonly string[],
  written: readonly Written[],
  order: DateOrder | undefined,
): FormReading | undefined {
  const days: string[] = [];
  for (const { text, shape } of written) {
    const day = readDate(text, shape, shape.formats.has(undefined) ? undefined : order);
    if (day === undefined) return undefined;
    days.push(day);
  }
  const shapes = [...new Map(written.map(({ shape }) => [shape.pattern, shape])).values()];
  const isTimed = shapes.some(({ hasTime }) => hasTime);
  const isLower = values.some((value) => /[a-z]/i.test(value));
  return {
    kind: isTimed ? 'timestamp' : 'date',
    form: formOf(shapes, order, written),
    values: days,
    ...(order === undefined ? {} : { order }),
    toSql: (text) => sqlOf(dateTextSql(text, written, isLower), shapes, order, isTimed),
    toTypedSql: (text) =>
      shapes.length === 1 ? momentSql(dateTextSql(text, written, isLower), shapes[0], order, isTimed) : undefined,
    assumptions: assumptionsOf(shapes),
  };
}

function sqlOf(text: string, shapes: readonly DateShape[], order: DateOrder | undefined, isTimed: boolean): string {
  const isFine = shapes.some((shape) => shape.isFine);
  const branches = shapes.map(
    (shape) =>
      `WHEN regexp_full_match(${text}, ${quoteText(shape.pattern)}) THEN ${momentSql(text, { ...shape, isFine }, order, isTimed)}`,
  );
  return `CASE ${branches.join(' ')} END`;
}

function momentSql(text: string, shape: DateShape | undefined, order: DateOrder | undefined, isTimed: boolean): string {
  const format = shape?.formats.get(shape.formats.has(undefined) ? undefined : order) ?? '';
  const parsed = `try_strptime(${text}, ${quoteText(format)})`;
  const moment = format.includes('%z') ? `timezone('UTC', ${parsed})` : parsed;
  return `CAST(${moment} AS ${shape?.isFine ? 'TIMESTAMP_NS' : isTimed ? 'TIMESTAMP' : 'DATE'})`;
}

function formOf(shapes: readonly DateShape[], order: DateOrder | undefined, written: readonly Written[]): string {
  const [example] = written;
  const layout = (example?.shape.formats.get(example.shape.formats.has(undefined) ? undefined : order) ?? '')
    .replace(/m%m/g, 'month')
    .replace(/%([YymdHIMSfnpz])/g, (_, code: string) => names[code] ?? '');
  const which = order === undefined ? '' : ` (${words[order]})`;
  return `${layout}${which}${shapes.length > 1 ? ` and ${shapes.length - 1} more` : ''}`;
}

const names: Readonly<Record<string, string>> = {
  Y: 'yyyy',
  y: 'yy',
  m: 'mm',
  d: 'dd',
  H: 'hh',
  I: 'hh',
  M: 'mm',
  S: 'ss',
  f: 'fraction',
  n: 'fraction',
  p: 'am/pm',
  z: 'zone',
};

function assumptionsOf(shapes: readonly DateShape[]): readonly string[] {
  return [
    ...(shapes.some(({ hasShortYear }) => hasShortYear) ? ['Years of two digits are of 1969 to 2068.'] : []),
    ...(shapes.some(({ isMonth }) => isMonth) ? ['A month is its first day.'] : []),
    ...(shapes.some(({ hasZone }) => hasZone) ? ['Times are in UTC.'] : []),
  ];
}

/** Eight digits alone, which are a number as well. */
export const isCompact = (value: string): boolean => /^\d{8}$/.test(value);

const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?( ?[ap]\.?m\.?)?$/i;

/** A time of day in every value. Minutes and seconds of a duration pass 23 hours sooner or later. */
export function timeReading(values: readonly string[]): FormReading | undefined {
  const isTime = (value: string): boolean => {
    const [, hour, minute, second = '0', half] = clock.exec(value) ?? [];
    if (hour === undefined || Number(minute) > 59 || Number(second) > 59) return false;
    return half === undefined ? Number(hour) < 24 : Number(hour) >= 1 && Number(hour) <= 12;
  };
  if (!values.every(isTime)) return undefined;
  const hasHalf = values.some((value) => /m/i.test(value));
  const bare = (text: string) => `replace(upper(${text}), '.M', 'M')`;
  const halves = (text: string) =>
    ['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p']
      .map((format) => `CAST(try_strptime(rtrim(${bare(text)}, '.'), ${quoteText(format)}) AS TIME)`)
      .join(', ');
  const guard = (text: string) =>
    `regexp_full_match(${text}, '(?i)\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?( ?[ap]\\.?m\\.?)?')`;
  return {
    kind: 'time',
    form: hasHalf ? 'hh:mm am/pm' : 'hh:mm',
    values,
    toSql: (text) =>
      `CASE WHEN ${guard(text)} THEN coalesce(${hasHalf ? `${halves(text)}, ` : ''}TRY_CAST(${text} AS TIME)) END`,
    assumptions: [],
  };
}
