import { type Format, looserFormat } from './request-options.ts';

/** After this many unreadable replies in a row, a format is no longer used; a single one may be chance. */
const mostMisses = 3;
/** How long the format is not used. Servers and models are updated. Milliseconds. */
const givenUpMs = 10 * 60_000;

/** Which formats a server respects, learned from its replies. */
export type FormatTrust = {
  /** The format to request when the best one is `best`. */
  choose(best: Format): Format;
  /** Records a readable reply. */
  kept(): void;
  /** Records an unreadable reply. True when the format is no longer used from now on. */
  missed(format: Format): boolean;
};

/** Creates the record of one server. `now`: milliseconds since 1970. */
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
