import { pause } from '../core/base/pause.ts';
import type { SlackClients } from './clients.ts';
import { isAmbiguous, retryAfter, slackError } from './slack-error.ts';

const attempts = 5;
const longestWaitSeconds = 30;

/**
 * Calls until Slack answers. It waits out rate limits, and repeats an `idempotent` call after a lost answer or a
 * failure on Slack's side. Throws the error of the last attempt.
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

/** Seconds before the next attempt. Most failures on Slack's side end within a moment. */
export const pauseOf = (attempt: number): number => 0.25 * 3 ** (attempt - 1);

/** Errors that mean an app, a plan or a token does not have a method; they do not change. */
const missing = new Set(['unknown_method', 'feature_not_enabled', 'missing_scope', 'not_allowed_token_type']);

/** `unknown`: no answer came, so Slack may still carry it out. */
export type Taken = 'taken' | 'refused' | 'unknown';

/**
 * A call that the product can do without. A failure is ignored, and a method that does not exist is not called again.
 */
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
