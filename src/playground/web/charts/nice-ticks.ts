/**
 * Round numbers for an axis that contains 0 and all values: steps of 1, 2, 2.5 or 5 times a power of ten (after
 * Heckbert, "Nice Numbers for Graph Labels", Graphics Gems, 1990).
 */
export function niceTicks(values: readonly number[], wanted: number): readonly number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const range = high - low;
  const step = niceStep((range > smallestRange ? range : 1) / wanted);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_unused, index) => tidy((first + index) * step));
}

/** A smaller range cannot be shown on an axis. */
const smallestRange = 1e-12;

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** 0.30000000000000004 → 0.3 */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `12.5K`, for axes. */
export function shortNumber(value: number): string {
  return compact.format(value);
}

/** `12,480.5`, for tooltips and tables. */
export function fullNumber(value: number): string {
  return exact.format(value);
}
