import { loadEnvFile } from 'node:process';
import { createWinstonLogger } from './adapters/logging/winston-logger.ts';
import { type Config, readConfig } from './config.ts';
import type { Logger } from './core/base/logger.ts';

/** The environment with `.env` below it: a variable that is set wins. */
export function loadConfig(overrides: Readonly<Record<string, string>> = {}): Config {
  try {
    loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return readConfig({ ...process.env, ...overrides });
}

/**
 * On standard error. JSON lines from INFO on for machines; on a terminal readable ones, and only warnings unless
 * MEMORI_LOG_LEVEL says otherwise, because a person reads the banner there.
 */
export function createLogger(config: Config): Logger {
  const pretty = process.stderr.isTTY === true && !config.production;
  return createWinstonLogger({ level: config.logLevel ?? (pretty ? 'warn' : 'info'), pretty });
}
