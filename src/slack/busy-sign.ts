import type { Place } from '../core/base/namespace.ts';
import { pause } from '../core/base/pause.ts';
import type { SlackClients } from './clients.ts';
import { latePausesMs } from './late-pauses.ts';
import { clearStatus, setProcessing, setStatus } from './thread-status.ts';
import { createThrottle } from './throttle.ts';

/** The status line under the message field, and Slack's own Stop button, for answers that take a while. */
export type BusySign = {
  /** Shows what is being done. Never throws. */
  show(text: string): void;
  /** Stops showing anything new. */
  stop(): Promise<void>;
  /** Removes what was shown. Call it after `stop`. Never throws. */
  clear(): Promise<void>;
  /**
   * Removes what Slack shows late, without further waiting once `closing` is aborted. Undefined when nothing can come.
   * Never rejects.
   */
  tidy(closing: AbortSignal): Promise<void> | undefined;
  /** Whether Slack shows its Stop button. */
  hasStop(): boolean;
};

/** The line changes no faster than people read. Milliseconds. */
const everyMs = 500;
/** Quicker answers show no status at all. Milliseconds. */
const afterMs = 150;

/**
 * `placeholder`: resolves when the message is posted, with undefined when it never will be. Slack clears the line when
 * a message is posted, so nothing is shown before. `isLeftBehind`: an earlier attempt may have left a line.
 */
export function createBusySign(
  clients: SlackClients,
  thread: Pick<Place, 'channel' | 'thread'>,
  placeholder: Promise<string | undefined>,
  isLeftBehind: boolean,
): BusySign {
  const over = new AbortController();
  let session: Promise<void> | undefined;
  let hasStop = false;
  let isUncertain = false;
  const isWorthIt = placeholder.then(async (ts) => {
    if (ts === undefined || over.signal.aborted) return false;
    await pause(afterMs, over.signal);
    return !over.signal.aborted;
  });
  const line = createThrottle(async (text) => {
    if (!(await isWorthIt) || over.signal.aborted) return;
    session ??= setProcessing(clients, thread).then((taken) => {
      hasStop = taken === 'taken';
      isUncertain ||= taken === 'unknown';
    });
    const taken = await setStatus(clients, thread, text);
    isUncertain ||= taken === 'unknown';
  }, everyMs);

  async function clearLater(closing: AbortSignal): Promise<void> {
    for (const ms of latePausesMs) {
      await pause(ms, closing);
      await clearStatus(clients, thread);
    }
  }

  return {
    show: line.push,
    async stop() {
      over.abort();
      await line.stop();
      await session;
    },
    async clear() {
      if (session === undefined && !isLeftBehind) return;
      await clearStatus(clients, thread);
    },
    tidy: (closing) => (isUncertain || isLeftBehind ? clearLater(closing) : undefined),
    hasStop: () => hasStop,
  };
}
