import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/** The `error` of Slack's answer, e.g. `invalid_blocks`; undefined when Slack gave no answer. */
export const slackError = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined;

/** Seconds Slack asks to wait; undefined when the call was not rate-limited. */
export const retryAfter = (error: unknown): number | undefined =>
  error instanceof WebAPIRateLimitedError ? error.retryAfter : undefined;

/** No answer came (timeout, reset, 5xx): Slack may or may not have done what was asked. */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError;
