import { type Format, looserFormat } from './request-options.ts';

/** Replies in a row that cannot be read, after which a format is given up. One may be chance. */
const mostMisses = 3;
/** For so long; servers are updated, and models replaced. Milliseconds. */
const givenUpMs = 10 * 60_000;

/** Which formats a server keeps to, as seen from its replies. */
export type FormatTrust = {
  /** The format to ask for, when the best is `best`. */
  choose(best: Format): Format;
  /** A reply in that format could be read. */
  kept(): void;
  /** It could not. True when the format is given up now. */
  missed(format: Format): boolean;
};

/** `now`: milliseconds. */
export function createFormatTrust(now: () => number = Date.now): FormatTrust {
  let misses = 0;
  const givenUp = new Map<Format, number>();
  return {
    choose(best) {
      let format = best;
      for (let next = looserFormat(format); next && now() < (givenUp.get(format) ?? 0); next = looserFormat(format))
        format = next;
      return format;
    },
    kept() {
      misses = 0;
    },
    missed(format) {
      misses += 1;
      if (misses < mostMisses || looserFormat(format) === undefined) return false;
      misses = 0;
      givenUp.set(format, now() + givenUpMs);
      return true;
    },
  };
}
