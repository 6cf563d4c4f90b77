import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../core/base/logger.ts';

/**
 * Slack's libraries log through ours. Only the first argument, which is their message, is kept: the others may hold
 * payloads and tokens. Their debug level is dropped for the same reason.
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
