import type { Place } from '../core/base/namespace.ts';
import { pause } from '../core/base/pause.ts';
import type { SlackClients } from './clients.ts';
import { setSession, setStatus } from './thread-status.ts';
import { createThrottle } from './throttle.ts';

/** The status line under the message field, and Slack's own Stop button, for answers that take a while. */
export type BusySign = {
  /** Shows what is being done. Never throws. */
  show(text: string): void;
  /** Stops showing anything new. */
  stop(): Promise<void>;
  /** Removes what was shown. Call it after `stop`. Never throws. */
  clear(): Promise<void>;
  /** Whether Slack shows its Stop button. */
  hasStop(): boolean;
};

/** The line changes no faster than people read. Milliseconds. */
const everyMs = 500;
/** Quicker answers show no status at all. Milliseconds. */
const afterMs = 150;

/**
 * `placeholder`: resolves when the message is posted, with undefined when it never will be. Slack clears the line when
 * a message is posted, so nothing is shown before. `wasShown`: an earlier attempt may have left a line.
 */
export function createBusySign(
  clients: SlackClients,
  place: Place,
  placeholder: Promise<string | undefined>,
  wasShown: () => boolean,
): BusySign {
  const over = new AbortController();
  let session: Promise<void> | undefined;
  let hasStop = false;
  const isWorthIt = placeholder.then(async (ts) => {
    if (ts === undefined || over.signal.aborted) return false;
    await pause(afterMs, over.signal);
    return !over.signal.aborted;
  });
  const line = createThrottle(async (text) => {
    if (!(await isWorthIt) || over.signal.aborted) return;
    session ??= setSession(clients, place, 'processing').then((taken) => {
      hasStop = taken;
    });
    await setStatus(clients, place, text);
  }, everyMs);

  return {
    show: line.push,
    async stop() {
      over.abort();
      await line.stop();
      await session;
    },
    async clear() {
      if (session === undefined && !wasShown()) return;
      await Promise.all([setStatus(clients, place, ''), setSession(clients, place, 'active')]);
    },
    hasStop: () => hasStop,
  };
}
