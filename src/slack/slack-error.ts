import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { MemoriError } from '../core/base/errors.ts';

/** The `error` of Slack's answer, e.g. `invalid_blocks`; undefined when Slack gave no answer. */
export const slackError = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/**
 * A `config_invalid` that names the variable whose token Slack refused at start; any other error is returned unchanged.
 */
export function explainTokenError(error: unknown, variable: string): unknown {
  const code = slackError(error);
  if (code === undefined) return error;
  return new MemoriError('config_invalid', `Slack refuses ${variable}: ${code}.`, {
    next: 'Copy the token again from your app at https://api.slack.com/apps; after a change of scopes install the app there again.',
    cause: error,
  });
}

/** Seconds Slack asks to wait; undefined when the call was not rate-limited. */
export function retryAfter(error: unknown): number | undefined {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter;
  return slackError(error) === 'ratelimited' ? 1 : undefined;
}

/** Slack failed internally; the same call may succeed in a moment. */
const transient = new Set(['internal_error', 'service_unavailable', 'fatal_error', 'request_timeout']);

/** No answer came (timeout, reset, 5xx, a page instead of JSON), or one that does not say whether Slack did it. */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof WebAPIRequestError ||
  error instanceof WebAPIHTTPError ||
  transient.has(slackError(error) ?? '') ||
  isPage(slackError(error) ?? '');

/** Error codes of the Web API have no spaces; text with spaces is the page of a proxy. */
const isPage = (code: string): boolean => /[\s<>]/.test(code);
