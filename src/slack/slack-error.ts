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
export const retryAfter = (error: unknown): number | undefined =>
  error instanceof WebAPIRateLimitedError ? error.retryAfter : undefined;

/** No answer came (timeout, reset, 5xx), so Slack may or may not have done what was asked. */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError;
