import { pause } from '../core/base/pause.ts';
import type { SlackClients } from './clients.ts';
import { isAmbiguous, retryAfter, slackError } from './slack-error.ts';

const attempts = 4;
const longestWaitSeconds = 30;

/**
 * Calls until Slack answers: waits out rate limits, and, when doing it twice does no harm (`idempotent`), tries again
 * after a lost answer. Throws what the last attempt threw.
 */
export async function patiently<T>(call: () => Promise<T>, idempotent: boolean, attempt = 1): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const seconds = retryAfter(error) ?? (idempotent && isAmbiguous(error) ? attempt : undefined);
    if (seconds === undefined || seconds > longestWaitSeconds || attempt >= attempts) throw error;
    await pause(seconds * 1000);
    return patiently(call, idempotent, attempt + 1);
  }
}

/** What Slack says when an app, a plan or a token does not have a method: it will say so every time. */
const missing = new Set(['unknown_method', 'feature_not_enabled', 'missing_scope', 'not_allowed_token_type']);

/**
 * A call that the product can do without: its failure is swallowed, and a method that does not exist here is not called
 * again. Gives whether Slack took it.
 */
export async function ifSupported(
  clients: SlackClients,
  method: string,
  call: () => Promise<unknown>,
): Promise<boolean> {
  if (clients.unsupported.has(method)) return false;
  try {
    await call();
    return true;
  } catch (error) {
    if (missing.has(slackError(error) ?? '')) clients.unsupported.add(method);
    return false;
  }
}
