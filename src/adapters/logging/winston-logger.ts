import winston from 'winston';
import type { LogFields, Logger } from '../../core/base/logger.ts';
import { scrub } from './scrub.ts';

/**
 * JSON lines in production and in pipes, readable lines on a terminal. Every message and field passes `scrub`, so that
 * a token in an error message does not reach the log.
 */
export function createWinstonLogger(options: {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly pretty: boolean;
}): Logger {
  const { combine, timestamp, json, printf } = winston.format;
  const scrubbed = winston.format((info) => Object.assign(info, scrub({ ...info })));
  const line = printf(
    ({ timestamp: at, level, message, ...fields }) =>
      `${String(at).slice(11, 19)} ${level.padEnd(5)} ${message}${inline(fields)}`,
  );
  const logger = winston.createLogger({
    level: options.level,
    format: combine(scrubbed(), timestamp(), options.pretty ? line : json()),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  });
  return {
    info: (message: string, fields?: LogFields) => logger.info(message, fields),
    warn: (message: string, fields?: LogFields) => logger.warn(message, fields),
    error: (message: string, fields?: LogFields) => logger.error(message, fields),
  };
}

const inline = (fields: object): string => {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  return shown.length === 0
    ? ''
    : ` ${shown.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' ')}`;
};
