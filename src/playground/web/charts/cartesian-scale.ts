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

export function cartesianScale(data: ChartData, width: number): CartesianScale {
  const values = data.series.flatMap((series) => series.values).filter((value) => value !== null);
  const ticks = niceTicks(values, 5);
  const tickWidth = Math.max(...ticks.map((tick) => shortNumber(tick).length)) * characterWidth;
  const left = tickWidth + (data.yLabel ? 30 : 12);
  const right = width - 8;
  const band = (right - left) / Math.max(data.categories.length, 1);
  const longest = Math.max(...data.categories.map((label) => labelWidth(label)), 1);
  const fits = longest + 8 <= band;
  const slanted = !fits && data.kind === 'bar';
  const labelEvery = fits ? 1 : Math.ceil((slanted ? 18 : longest + 12) / band);
  const top = 10;
  const bottom = top + plotHeight;
  const labelHeight = slanted ? Math.min(longest * 0.6, 84) + 14 : 20;
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

/** Chinese, Japanese and Korean characters are twice as wide. */
function labelWidth(label: string): number {
  return [...label].reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0) * characterWidth;
}
