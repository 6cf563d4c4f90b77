import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';

/** Makes ids and timestamps. */
export type Ids = {
  /** A message timestamp: seconds with six decimals, unique and rising even when the clock stands still. */
  ts(): string;
  /** A Slack-like id, e.g. `id('F')` → `F8K2M…`; too long to guess. */
  id(prefix: string): string;
  /** Continues after this timestamp, from the state of an earlier run. */
  after(ts: string): void;
};

/** Microseconds since 1970 that a message timestamp stands for. */
const toMicros = (ts: string): bigint => BigInt(ts.replace('.', ''));

/** Timestamps follow `clock`, but never repeat. */
export function createIds(clock: Clock): Ids {
  let last = 0n;
  return {
    ts() {
      const now = BigInt(clock.now().getTime()) * 1000n;
      last = now > last ? now : last + 1n;
      const digits = last.toString().padStart(7, '0');
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
    id: (prefix) => `${prefix}${randomBytes(8).toString('hex').toUpperCase()}`,
    after(ts) {
      if (toMicros(ts) > last) last = toMicros(ts);
    },
  };
}
