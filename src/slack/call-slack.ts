import { pause } from '../core/base/pause.ts';
import type { SlackClients } from './clients.ts';
import { isAmbiguous, retryAfter, slackError } from './slack-error.ts';

const attempts = 5;
const longestWaitSeconds = 30;

/**
 * Calls until Slack answers: waits out rate limits, and, when doing it twice does no harm (`idempotent`), tries again
 * after a lost answer or trouble on Slack's side. Throws what the last attempt threw.
 */
export async function patiently<T>(call: () => Promise<T>, idempotent: boolean, attempt = 1): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const seconds = retryAfter(error) ?? (idempotent && isAmbiguous(error) ? pauseOf(attempt) : undefined);
    if (seconds === undefined || seconds > longestWaitSeconds || attempt >= attempts) throw error;
    await pause(seconds * 1000);
    return patiently(call, idempotent, attempt + 1);
  }
}

/** Seconds before the next attempt: most trouble of Slack's is over in a moment. */
export const pauseOf = (attempt: number): number => 0.25 * 3 ** (attempt - 1);

/** What Slack says when an app, a plan or a token does not have a method: it will say so every time. */
const missing = new Set(['unknown_method', 'feature_not_enabled', 'missing_scope', 'not_allowed_token_type']);

/** `unknown`: no answer came, so Slack may carry it out yet. */
export type Taken = 'taken' | 'refused' | 'unknown';

/** A call that the product can do without: its failure is swallowed, and a method that does not exist is not called again. */
export async function ifSupported(clients: SlackClients, method: string, call: () => Promise<unknown>): Promise<Taken> {
  if (clients.unsupported.has(method)) return 'refused';
  try {
    await call();
    return 'taken';
  } catch (error) {
    if (missing.has(slackError(error) ?? '')) clients.unsupported.add(method);
    return isAmbiguous(error) ? 'unknown' : 'refused';
  }
}
