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

/** Readable lines on a terminal, JSON elsewhere. */
export const createLogger = (config: Config): Logger =>
  createWinstonLogger({ level: config.logLevel, pretty: process.stderr.isTTY === true && !config.production });
