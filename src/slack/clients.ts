import { type Logger as SlackLogger, WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';

/**
 * One WebClient for each kind of work, because a 429 on any method pauses the whole queue of its client, and status
 * updates must not delay an answer. Timeouts are finite and retries few.
 */
export type SlackClients = {
  /**
   * Messages and files. No automatic retry, because a retried `chat.postMessage` may post twice; `postOnce` decides.
   */
  readonly posting: WebClient;
  /** Status and progress. A rate-limited call is dropped, because the next one replaces it. */
  readonly status: WebClient;
  /** users.info, conversations.info and the like: safe to call again, which `patiently` does. */
  readonly reads: WebClient;
  /** Methods that this workspace does not have; they are not called again. */
  readonly unsupported: Set<string>;
};

/** The clients for a bot token. */
export type ClientsFor = (botToken: string) => SlackClients;

/** What every client shares. */
export type SlackClientSettings = {
  /** A Web API other than Slack's own: the playground's, or a test's. Ends in a slash. */
  readonly slackApiUrl?: string;
  readonly logger: SlackLogger;
};

const mostKept = 200;

/**
 * Caches clients by bot token. The least recently used are dropped, so that a rotated token does not stay in memory.
 */
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
