import { askBatch, readBatch } from './ask-batch.ts';
import { exitCodeOf, jsonOf, textOf } from './ask-output.ts';
import { type Asking, type AskSession, openAskSession } from './ask-session.ts';
import { exitWith, readCommandLine } from './command-line.ts';
import { MemoriError } from './core/base/errors.ts';

const usage = `Asks one question, the same way as in Slack, and prints the answer.

  npm run ask -- "net revenue by month"
  npm run ask -- "and by week?" --thread launch
  npm run ask -- --batch questions.txt > answers.jsonl

  --as PERSON      who asks: maya (default), tom, siyuan, or any other name, who then joins the workspace
  --channel NAME   where: a channel such as general; without it, the person's direct message with Memori
  --thread ID      which conversation: any name you like; asking again with it follows up
  --json           one JSON object on standard output
  --batch FILE     many questions with one start, one a line, from a file or - for standard input. A line is the
                   question, or JSON {"q": …, "as": …, "channel": …, "thread": …}; a thread lasts for this batch.
                   Prints one JSON object a line, in order; progress goes to standard error
  --help           this text

Exit code: 0 answered (--batch: all were asked), 2 not answered (unclear, unknown or refused), 1 error.
It uses the data folder (DATA_FOLDER), so stop a running Memori first or give it another folder.`;

const options = {
  as: { type: 'string', default: 'maya' },
  channel: { type: 'string' },
  thread: { type: 'string' },
  json: { type: 'boolean', default: false },
  batch: { type: 'string' },
} as const;

let session: AskSession | undefined;
try {
  const { values, positionals } = readCommandLine(usage, options, Number.POSITIVE_INFINITY);
  const { as, channel, thread, batch } = values;
  requireText('name after --as', as);
  requireText('name after --channel', channel);
  process.exitCode = batch === undefined ? await askOne(positionals.join(' ').trim()) : await askMany(batch);
  await session?.stop();
  process.exit();

  async function askOne(question: string): Promise<number> {
    requireText('question', question);
    const asking: Asking = { question, as, channel, thread };
    session = await openAskSession([asking], true);
    const record = await session.ask(asking);
    process.stdout.write(values.json ? `${JSON.stringify(jsonOf(record))}\n` : textOf(record));
    return exitCodeOf(record.outcome);
  }

  async function askMany(file: string): Promise<number> {
    const askings = await readBatch(file, { as, channel, thread });
    session = await openAskSession(askings, false);
    await askBatch(askings, session);
    return 0;
  }
} catch (error) {
  await session?.stop();
  exitWith(error);
}

/** Undefined is left to its default; empty is a mistake, often a shell variable that is not set. */
function requireText(what: string, given: string | undefined): void {
  if (given?.trim() === '')
    throw new MemoriError('invalid_input', `The ${what} is empty.`, { next: '--help shows examples.' });
}
