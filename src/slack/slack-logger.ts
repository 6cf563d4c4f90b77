import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../core/base/logger.ts';

/**
 * Sends the logs of Slack's libraries to ours. Only the first argument, their message, is kept, because the others may
 * hold payloads and tokens. Debug logs are dropped for the same reason.
 */
export function createSlackLogger(logger: Logger): SlackLogger {
  const first = ([message]: readonly unknown[]): string =>
    message instanceof Error ? message.message : String(message);
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...messages) => void logger.warn(first(messages), { from: 'slack' }),
    error: (...messages) => void logger.error(first(messages), { from: 'slack' }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
