import { loadEnvFile } from 'node:process';
import { createWinstonLogger } from './adapters/logging/winston-logger.ts';
import { type Config, readConfig } from './config.ts';
import { isMemoriError } from './core/base/errors.ts';
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

/** Says what went wrong and what to do about it, without a stack for what is expected, and ends with 1. */
export function exitWith(error: unknown): never {
  process.stderr.write(`\n${linesOf(error).join('\n')}\n`);
  process.exit(1);
}

function linesOf(error: unknown): readonly string[] {
  if (isMemoriError(error)) return [error.message, ...(error.next ? [`→ ${error.next}`] : [])];
  if (!(error instanceof Error)) return [String(error)];
  return isMistyped(error) ? [error.message, '→ --help lists the options.'] : [error.stack ?? error.message];
}

/** `parseArgs` did not understand the command line. */
const isMistyped = ({ code }: NodeJS.ErrnoException): boolean => code?.startsWith('ERR_PARSE_ARGS_') === true;
