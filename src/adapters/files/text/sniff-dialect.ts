import { createRecordReader, type Dialect, type TextRecord } from './records.ts';

/** What the first lines show. */
export type Sniffed = {
  readonly dialect: Dialect;
  readonly records: readonly TextRecord[];
  /** Fields of a usual line. */
  readonly width: number;
  /** The first line only names the delimiter, as spreadsheets write it: `sep=;`. */
  readonly hasSepLine: boolean;
};

const delimiters = [',', ';', '\t', '|', '^', '~', '\u0001'];

/** Finds delimiter and quote: those with which the lines have the same number of fields. */
export function sniffDialect(text: string, given: Partial<Dialect>): Sniffed {
  const [, sep] = /^"?sep=(.)"?\n/i.exec(text) ?? [];
  const quotes = given.quote ? [given.quote] : singleQuoted(text) ? ["'"] : ['"'];
  const chosen = given.delimiter ?? sep;
  const some = firstLines(text);
  const possible = chosen ? [chosen] : delimiters.filter((delimiter) => some.includes(delimiter));
  const tried = possible.flatMap((delimiter) =>
    quotes.map((quote) => tryDialect(some, { delimiter, quote, escape: escapeIn(text, quote) })),
  );
  const fitting = chosen
    ? tried
    : tried.filter(({ width, same, near }) => width > 1 && (same >= 0.8 || (near >= 0.95 && same >= 0.4)));
  const [best] = fitting.toSorted((one, other) => other.score - one.score || other.width - one.width);
  if (best === undefined) {
    // No delimiter parts the lines alike: each line is one value.
    return { dialect: lineByLine, records: recordsOf(text, lineByLine), width: 1, hasSepLine: false };
  }
  const records = recordsOf(text, best.dialect);
  return {
    dialect: best.dialect,
    records: sep ? records.slice(1) : records,
    width: best.width,
    hasSepLine: sep !== undefined,
  };
}

const lineByLine: Dialect = { delimiter: '\u0000', quote: '"', escape: '"' };

const recordsOf = (text: string, dialect: Dialect): readonly TextRecord[] =>
  createRecordReader(dialect).read(text).records;

/** Enough to tell delimiters apart. */
const triedLength = 32 * 1024;
const firstLines = (text: string): string =>
  text.length <= triedLength ? text : text.slice(0, text.lastIndexOf('\n', triedLength) + 1) || text;

type Tried = {
  readonly dialect: Dialect;
  readonly records: readonly TextRecord[];
  readonly width: number;
  readonly same: number;
  readonly near: number;
  readonly score: number;
};

function tryDialect(text: string, dialect: Dialect): Tried {
  const { records, bad } = createRecordReader(dialect).read(text);
  const filled = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const width = modeOf(filled.map(({ cells }) => cells.length));
  // Titles above the table have no fields.
  const first = filled.findIndex(({ cells }) => cells.length === width);
  const titles = first > 0 && first * 2 < filled.length - first ? first : 0;
  const all = filled.length - titles + bad.length || 1;
  const same = filled.filter(({ cells }) => cells.length === width).length / all;
  const near = filled.filter(({ cells }) => cells.length > 1).length / all;
  // Fields with other delimiters' shape in them were cut in the wrong place.
  const clean = filled.flatMap(({ cells }) => cells).filter((cell) => !/^\s*["']|["']\s*$/.test(cell));
  const whole = clean.filter(isWhole).length / (clean.length || 1);
  return { dialect, records, width, same, near, score: same + whole * 0.2 };
}

/** A number, a day, a word: not two of them with another mark between. */
const isWhole = (cell: string): boolean => !/[;|\t]/.test(cell) && !/\d,\s*\D|\D,\s*\d/.test(cell);

/** The commonest of some numbers; of those as common, the highest. */
export function modeOf(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const [best] = [...counts].toSorted(([a, one], [b, other]) => other - one || b - a);
  return best?.[0] ?? 1;
}

const singleQuoted = (text: string): boolean => {
  const lines = text.split('\n', 200).filter(Boolean);
  const quoted = lines.filter((line) => /(^|[,;\t|])'[^']*'(?=[,;\t|]|$)/.test(line));
  return !text.includes('"') && quoted.length * 2 > lines.length;
};

/** A backslash before a quote that does not end its field. */
const escapeIn = (text: string, quote: string): string =>
  text.includes(`\\${quote}`) && !text.includes(`${quote}${quote}`) && new RegExp(`\\\\${quote}[^,;\\t|\\n]`).test(text)
    ? '\\'
    : quote;
