import { type DateOrder, literally } from './form-reading.ts';

type Layout = { readonly pattern: RegExp; readonly orders: readonly DateOrder[] | undefined; readonly isMonth?: true };

const time = String.raw`(?:(?<gap>t|,? +)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<half> ?[ap]m)?(?<zone> ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?)?`;
const layout = (date: string, orders?: readonly DateOrder[]): Layout => ({
  pattern: new RegExp(`^${date}${time}$`, 'd'),
  orders,
});

/** The groups a, b, c are parts whose order is open; y, m, d those that say what they are. */
const layouts: readonly Layout[] = [
  layout(String.raw`(?<y>\d{4})(?<s>[-/. ])(?<m>\d{1,2})\k<s>(?<d>\d{1,2})`),
  layout(String.raw`(?<y>\d{4})年 ?(?<m>\d{1,2})月 ?(?<d>\d{1,2})日`),
  layout(String.raw`(?<y>(?:19|20)\d{2})(?<m>\d{2})(?<d>\d{2})`),
  layout(String.raw`(?<a>\d{1,2})(?<s>[-/ ]|\. ?)(?<b>\d{1,2})\k<s>(?<y>\d{4})`, ['DMY', 'MDY']),
  layout(String.raw`(?<a>\d{1,2})(?<s>[-/ ]|\. ?)(?<b>\d{1,2})\k<s>(?<c>\d{2})`, ['DMY', 'MDY', 'YMD']),
  layout(String.raw`(?<d>\d{1,2})(?:\.? ?[-/ ]? ?(?:de )?)m(?<m>\d{1,2})(?:[-/ ,]|, |\. | de | del )(?<y>\d{4}|\d{2})`),
  layout(String.raw`m(?<m>\d{1,2})[- ](?<d>\d{1,2})(?:, ?| |-)(?<y>\d{4}|\d{2})`),
  layout(String.raw`(?<y>\d{4})[-/ ]m(?<m>\d{1,2})[-/ ](?<d>\d{1,2})`),
  { pattern: /^(?<y>\d{4})-(?<m>\d{2})$/d, orders: undefined, isMonth: true },
  { pattern: /^m(?<m>\d{1,2})[- ,]+(?<y>\d{4})$/d, orders: undefined, isMonth: true },
  { pattern: /^(?<y>\d{4})年 ?(?<m>\d{1,2})月$/d, orders: undefined, isMonth: true },
];

/** How one date is written: a pattern for all that are written so, and the format of the engine for each order. */
export type DateShape = {
  readonly pattern: string;
  readonly formats: ReadonlyMap<DateOrder | undefined, string>;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
  readonly hasNames: boolean;
  readonly isMonth: boolean;
  /** More digits of a second than a timestamp keeps. */
  readonly isFine: boolean;
  readonly isCompact: boolean;
  readonly hasShortYear: boolean;
};

const digits = (text: string): string => (text.length > 2 ? `\\d{${text.length}}` : '\\d{1,2}');

const codes: Readonly<Record<string, (text: string) => readonly [pattern: string, format: string]>> = {
  y: (text) => (text.length === 4 ? ['\\d{4}', '%Y'] : ['\\d{2}', '%y']),
  m: (text) => [digits(text), '%m'],
  d: (text) => [digits(text), '%d'],
  a: (text) => [digits(text), '%a'],
  b: (text) => [digits(text), '%b'],
  c: () => ['\\d{2}', '%c'],
  hour: (text) => [digits(text), '%H'],
  minute: () => ['\\d{2}', '%M'],
  second: () => ['\\d{2}', '%S'],
  fraction: (text) => (text.length > 6 ? ['\\d{7,9}', '%n'] : ['\\d{1,6}', '%f']),
  half: (text) => [`${text.startsWith(' ') ? ' ' : ''}[ap]m`, `${text.startsWith(' ') ? ' ' : ''}%p`],
  zone: (text) =>
    /[+-]/.test(text)
      ? [`${text.startsWith(' ') ? ' ' : ''}[+-]\\d{2}(?::?\\d{2})?`, `${text.startsWith(' ') ? ' ' : ''}%z`]
      : [text, text],
};

const parts: Readonly<Record<DateOrder, readonly [a: string, b: string, c: string]>> = {
  DMY: ['%d', '%m', '%y'],
  MDY: ['%m', '%d', '%y'],
  YMD: ['%y', '%m', '%d'],
};

/** The shape of a date text, or undefined where it is no date. */
export function dateShape(text: string): DateShape | undefined {
  for (const { pattern, orders, isMonth } of layouts) {
    const found = pattern.exec(text);
    if (found !== null) return shapeOf(found, orders, isMonth === true);
  }
  return undefined;
}

function shapeOf(found: RegExpExecArray, orders: readonly DateOrder[] | undefined, isMonth: boolean): DateShape {
  const groups = found.groups ?? {};
  const places = Object.entries(found.indices?.groups ?? {})
    .filter(([name, place]) => place !== undefined && name in codes)
    .toSorted(([, one], [, other]) => (one?.[0] ?? 0) - (other?.[0] ?? 0));
  let at = 0;
  let pattern = '';
  let format = '';
  for (const [name, place] of places) {
    const [from, to] = place ?? [0, 0];
    const between = found[0].slice(at, from);
    const [ownPattern, ownFormat] = codes[name]?.(found[0].slice(from, to)) ?? ['', ''];
    pattern += literally(between) + ownPattern;
    format += between.replaceAll('%', '%%') + ownFormat;
    at = to;
  }
  const rest = found[0].slice(at);
  const whole = groups.half === undefined ? format + rest : format.replace('%H', '%I') + rest;
  const ordered = (order: DateOrder) =>
    whole.replace(/%([abc])/g, (_, part: string) => parts[order]['abc'.indexOf(part)] ?? '');
  return {
    pattern: pattern + literally(rest),
    formats: new Map(orders ? orders.map((order) => [order, ordered(order)]) : [[undefined, whole]]),
    hasTime: groups.hour !== undefined,
    hasZone: groups.zone !== undefined,
    hasNames: /[a-z]/.test(found[0].replace(/t(?=\d)|z$|utc$|gmt$/, '')),
    isMonth,
    isFine: (groups.fraction?.length ?? 0) > 6,
    isCompact: /^\d{8}$/.test(found[0]),
    hasShortYear: groups.c !== undefined || groups.y?.length === 2,
  };
}

/** The day and time that a text is in a format, as ISO text; undefined where there is no such day. */
export function readDate(text: string, shape: DateShape, order: DateOrder | undefined): string | undefined {
  const found = layouts.map(({ pattern }) => pattern.exec(text)).find((one) => one !== null);
  const g = found?.groups;
  if (g === undefined) return undefined;
  const named = order === undefined ? { d: g.d ?? '1', m: g.m, y: g.y } : byOrder(g, order);
  const year = fullYear(named.y ?? '');
  const day = new Date(Date.UTC(2000, Number(named.m) - 1, Number(named.d)));
  day.setUTCFullYear(year, Number(named.m) - 1, Number(named.d));
  if (day.getUTCMonth() + 1 !== Number(named.m) || day.getUTCDate() !== Number(named.d)) return undefined;
  const date = `${String(year).padStart(4, '0')}-${String(named.m).padStart(2, '0')}-${String(named.d).padStart(2, '0')}`;
  return shape.hasTime ? withTime(date, g) : date;
}

function withTime(date: string, g: Readonly<Record<string, string | undefined>>): string | undefined {
  const hour = Number(g.hour);
  if (Number(g.minute) > 59 || Number(g.second ?? 0) > 59) return undefined;
  if (g.half === undefined ? hour > 23 : hour < 1 || hour > 12) return undefined;
  return `${date} ${hour}:${g.minute}:${g.second ?? '00'}.${g.fraction ?? '0'} ${g.half ?? ''}${g.zone ?? ''}`;
}

function byOrder(g: Readonly<Record<string, string | undefined>>, order: DateOrder) {
  const { a, b, y } = g;
  if (order === 'DMY') return { d: a, m: b, y: y ?? g.c };
  if (order === 'MDY') return { d: b, m: a, y: y ?? g.c };
  return { d: g.c, m: b, y: a };
}

/** Two digits are of the years 1969 to 2068, as the engine has it. */
function fullYear(text: string): number {
  if (text.length > 2) return Number(text);
  return Number(text) + (Number(text) < 69 ? 2000 : 1900);
}
