import { type Logger as SlackLogger, WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';

/**
 * One WebClient per kind of work: a 429 on any method pauses the whole queue of its client, so that a burst of status
 * updates must not hold up an answer. Nothing waits for ever: timeouts are finite, retries few.
 */
export type SlackClients = {
  /**
   * Messages and files. No retry of its own, because a retried `chat.postMessage` may post twice: `postOnce` decides.
   */
  readonly posting: WebClient;
  /** Status and progress. A rate-limited call is dropped: the next one says more. */
  readonly status: WebClient;
  /** users.info, conversations.info and the like: safe to call again, which `patiently` does. */
  readonly reads: WebClient;
  /** Methods that this workspace turned out not to have: not called again. */
  readonly unsupported: Set<string>;
};

export type ClientsFor = (botToken: string) => SlackClients;

export type SlackClientSettings = {
  /** Another Web API than Slack's own: the playground's, a test's. Ends in a slash. */
  readonly slackApiUrl?: string;
  readonly logger: SlackLogger;
};

const mostKept = 200;

/** Clients by bot token; the most recently used are kept, so that a token that was rotated away is let go. */
export function createClients(settings: SlackClientSettings): ClientsFor {
  const byToken = new LRUCache<string, SlackClients>({ max: mostKept });
  return (botToken) => {
    const known = byToken.get(botToken);
    if (known !== undefined) return known;
    const made = clientsOf(botToken, settings);
    byToken.set(botToken, made);
    return made;
  };
}

function clientsOf(token: string, { slackApiUrl, logger }: SlackClientSettings): SlackClients {
  const base: WebClientOptions = { logger, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
  const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  return {
    posting: new WebClient(token, { ...base, ...once, timeout: 15_000 }),
    status: new WebClient(token, { ...base, ...once, timeout: 5_000 }),
    reads: new WebClient(token, { ...base, ...once, timeout: 5_000 }),
    unsupported: new Set(),
  };
}
