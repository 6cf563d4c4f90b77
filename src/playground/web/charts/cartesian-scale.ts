import type { ChartData } from './chart-data.ts';
import { niceTicks, shortNumber } from './nice-ticks.ts';

/** Positions in a chart with two axes, in pixels. */
export type CartesianScale = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly ticks: readonly number[];
  /** Width of one category. */
  readonly band: number;
  /** Middle of a category. */
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  /** Draw the label of every n-th category. */
  readonly labelEvery: number;
  /** The lines of each category's label. */
  readonly labels: readonly (readonly string[])[];
  /** Labels are slanted because they would overlap. */
  readonly slanted: boolean;
};

/** Approximate width of a character of an axis label, in pixels. */
const characterWidth = 6.4;
const plotHeight = 210;
/** The longest label that Slack allows. */
const slantedCharacters = 20;
/** Up to this many categories, upright labels may have this many lines; beyond, slanted ones are easier to read. */
const wrapped = { categories: 8, lines: 3 };
const lineHeight = 14;
const longestSlanted = slantedCharacters * characterWidth;

/** Fits a chart into `width` pixels. */
export function cartesianScale(data: ChartData, width: number): CartesianScale {
  const values = data.series.flatMap((series) => series.values).filter((value) => value !== null);
  const ticks = niceTicks(values, 5);
  const tickWidth = Math.max(...ticks.map((tick) => shortNumber(tick).length)) * characterWidth;
  const room = tickWidth + (data.yLabel ? 30 : 12);
  const right = width - 8;
  const count = Math.max(data.categories.length, 1);
  const longest = Math.max(...data.categories.map((label) => labelWidth(label)), 1);
  const upright = uprightLabels(data, (right - room) / count - 8);
  const fits = upright !== undefined;
  const slanted = !fits && data.kind === 'bar';
  const labels = upright ?? data.categories.map((label) => [slanted ? shortenLabel(label) : label]);
  const overhang = slanted ? labelWidth(shortenLabel(data.categories[0] ?? '')) * 0.82 - (right - room) / count / 2 : 0;
  const left = Math.max(room, overhang + 6);
  const band = (right - left) / count;
  const labelEvery = fits ? 1 : Math.ceil((slanted ? 18 : longest + 12) / band);
  const top = 10;
  const bottom = top + plotHeight;
  const labelHeight = slanted
    ? Math.min(longest, longestSlanted) * 0.58 + 18
    : 6 + lineHeight * Math.max(...labels.map(({ length }) => length), 1);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  return {
    left,
    right,
    top,
    bottom,
    height: bottom + labelHeight + (data.xLabel ? 20 : 4),
    ticks,
    band,
    x: (index) => left + band * (index + 0.5),
    y: (value) => bottom - ((value - low) / (high - low)) * plotHeight,
    labelEvery,
    labels,
    slanted,
  };
}

/** Labels in lines no wider than their category; undefined when there is no room. */
function uprightLabels({ kind, categories }: ChartData, width: number): readonly (readonly string[])[] | undefined {
  const most = kind === 'bar' && categories.length <= wrapped.categories ? wrapped.lines : 1;
  const labels = categories.map((label) => (most === 1 ? [label] : inLines(label, width)));
  const fit = labels.every((lines) => lines.length <= most && lines.every((line) => labelWidth(line) <= width));
  return fit ? labels : undefined;
}

/** Broken between words. */
function inLines(label: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && labelWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Cuts a label to the room that a slanted one has. */
function shortenLabel(label: string): string {
  const characters = [...label];
  return characters.length > slantedCharacters ? `${characters.slice(0, slantedCharacters - 1).join('')}…` : label;
}

/** Chinese, Japanese and Korean characters count twice. */
function labelWidth(label: string): number {
  return [...label].reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0) * characterWidth;
}
