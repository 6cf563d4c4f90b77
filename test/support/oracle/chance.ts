/** A source of chance that a seed repeats. */
export type Chance = {
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number;
  one<T>(list: readonly T[]): T;
  /** True so often of 100 times. */
  percent(share: number): boolean;
  /** Some of the list, in its order. */
  some<T>(list: readonly T[], atMost: number): readonly T[];
};

/** Mulberry32: small, fast, and good enough to choose test cases by. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    one<T>(list: readonly T[]): T {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('Nothing to choose from.');
      return found;
    },
    percent: (share) => next() * 100 < share,
    some(list, atMost) {
      const wanted = below(Math.min(atMost, list.length) + 1);
      const left = list.map((_, at) => at);
      while (left.length > wanted) left.splice(below(left.length), 1);
      return left.flatMap((at) => list.slice(at, at + 1));
    },
  };
}
