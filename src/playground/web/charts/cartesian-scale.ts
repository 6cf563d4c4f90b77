import type { ChartData } from './chart-data.ts';
import { niceTicks, shortNumber } from './nice-ticks.ts';

/** Where things are in a chart with two axes, in pixels. */
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
  /** Every how manieth category has its label drawn. */
  readonly labelEvery: number;
  /** Labels are turned, since they would overlap. */
  readonly slanted: boolean;
};

/** About the width of one character of an axis label. */
const characterWidth = 6.4;
const plotHeight = 210;
const slantedCharacters = 15;
const longestSlanted = slantedCharacters * characterWidth;

export function cartesianScale(data: ChartData, width: number): CartesianScale {
  const values = data.series.flatMap((series) => series.values).filter((value) => value !== null);
  const ticks = niceTicks(values, 5);
  const tickWidth = Math.max(...ticks.map((tick) => shortNumber(tick).length)) * characterWidth;
  const room = tickWidth + (data.yLabel ? 30 : 12);
  const right = width - 8;
  const count = Math.max(data.categories.length, 1);
  const longest = Math.max(...data.categories.map((label) => labelWidth(label)), 1);
  const fits = longest + 8 <= (right - room) / count;
  const slanted = !fits && data.kind === 'bar';
  const overhang = slanted ? labelWidth(shortened(data.categories[0] ?? '')) * 0.82 - (right - room) / count / 2 : 0;
  const left = Math.max(room, overhang + 6);
  const band = (right - left) / count;
  const labelEvery = fits ? 1 : Math.ceil((slanted ? 18 : longest + 12) / band);
  const top = 10;
  const bottom = top + plotHeight;
  const labelHeight = slanted ? Math.min(longest, longestSlanted) * 0.58 + 18 : 20;
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
    slanted,
  };
}

/** A label that is turned has room for so many characters. */
export function shortened(label: string): string {
  const characters = [...label];
  return characters.length > slantedCharacters ? `${characters.slice(0, slantedCharacters - 1).join('')}…` : label;
}

/** Chinese, Japanese and Korean characters are twice as wide. */
function labelWidth(label: string): number {
  return [...label].reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0) * characterWidth;
}
