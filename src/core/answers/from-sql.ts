import { isMemoriError } from '../base/errors.ts';
import { chooseChart } from '../charts/choose-chart.ts';
import { answered } from './answered.ts';
import { describeResult } from './describe-result.ts';
import type { Answered } from './outcome.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** Words that begin a SQL statement. Anything else is a sentence. */
const statementStart =
  /^(select|with|values|table|explain|show|insert|update|delete|merge|drop|create|alter|truncate|grant|revoke|copy|call|do|set|begin|commit|rollback|vacuum|lock)\b/i;

/**
 * The SQL in a message, if any: a code block, or a text that begins like a statement and that the dialect's parser
 * accepts ("show me orders" and "select the best customers" are questions). Includes writes, so that the guard can say
 * why it refuses them.
 */
export async function sqlIn(text: string, source: Source): Promise<string | undefined> {
  const fenced = /```(?:sql)?\s*\n?([\s\S]+?)```/i.exec(text)?.[1];
  const candidate = (fenced ?? text).trim();
  if (!statementStart.test(candidate)) return undefined;
  if (fenced !== undefined) return candidate;
  try {
    await source.syntax.parse(candidate);
    return looksWritten(candidate) ? candidate : undefined;
  } catch (error) {
    if (!isMemoriError(error, 'sql_refused')) throw error;
    return undefined;
  }
}

/**
 * `show orders` and `table customers` parse as SQL. Only punctuation, a literal or a clause distinguishes SQL from a
 * request.
 */
const looksWritten = (text: string): boolean =>
  /[;*=()]|\b(from|into|set|values|as)\b|^\w+\s+['\d]/i.test(text) ||
  /^(drop|truncate|alter|vacuum|begin|commit|rollback|explain\s+(select|with))\b/i.test(text);

/** Runs a person's SQL. Errors: as `read`. */
export async function answerFromSql(sql: string, source: Source, limits: ReadLimits, run: Run): Promise<Answered> {
  const reading = await read(sql, source, limits, run);
  run.progress('summarising');
  return answered(reading, source, {
    text: describeResult(reading.result, run.locale),
    source: 'sql',
    chart: chooseChart(reading.result, 'auto', ''),
  });
}
