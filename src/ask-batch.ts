import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { jsonOf } from './ask-output.ts';
import type { Asking, AskSession } from './ask-session.ts';
import { isMemoriError, MemoriError } from './core/base/errors.ts';

/** Who asks and where, unless a line says otherwise. */
type Defaults = Pick<Asking, 'as' | 'channel' | 'thread'>;

/**
 * The questions of a file, or of standard input for `-`: one a line, as plain text or as JSON `{q, as?, channel?,
 * thread?}`. Empty lines are skipped. Errors: `invalid_input` with the number of the line.
 */
export async function readBatch(file: string, defaults: Defaults): Promise<readonly Asking[]> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  return content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line.trim(), at + 1, defaults)]));
}

function readLine(line: string, number: number, defaults: Defaults): Asking {
  if (!line.startsWith('{')) return { ...defaults, question: line };
  const given = parse(line, number);
  const textAt = (name: string): string | undefined => {
    const value = given[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value;
    throw invalid(number, `${name} is not a text`);
  };
  return {
    question: textAt('q') ?? invalidQuestion(number),
    as: textAt('as') ?? defaults.as,
    channel: textAt('channel') ?? defaults.channel,
    thread: textAt('thread') ?? defaults.thread,
  };
}

function parse(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    throw invalid(number, 'that is no JSON object');
  }
}

const invalid = (number: number, why: string): MemoriError =>
  new MemoriError('invalid_input', `Line ${number}: ${why}.`, {
    next: 'Write one question a line, or JSON such as {"q": "net revenue", "as": "maya", "thread": "a"}.',
  });

function invalidQuestion(number: number): never {
  throw invalid(number, 'q, the question, is missing');
}

/** Asks all in order, one after the other, and prints one JSON object a line. Progress goes to standard error. */
export async function askBatch(askings: readonly Asking[], session: AskSession): Promise<void> {
  for (const [at, asking] of askings.entries()) {
    process.stdout.write(`${JSON.stringify({ q: asking.question, ...(await answerTo(asking, session)) })}\n`);
    tellProgress(at + 1, askings.length);
  }
}

/** A question without an answer does not end the others. */
async function answerTo(asking: Asking, session: AskSession): Promise<object> {
  try {
    return jsonOf(await session.ask(asking));
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    return { status: 'error', text: error.message, source: 'none' };
  }
}

function tellProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of}${done === of ? '\n' : ''}`);
  else if (done % 50 === 0 || done === of) process.stderr.write(`${done} of ${of}\n`);
}
