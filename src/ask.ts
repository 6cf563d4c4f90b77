import type { Memori } from './app.ts';
import { exitCodeOf, jsonOf, textOf } from './ask-output.ts';
import { exitWith, readCommandLine } from './command-line.ts';
import type { AnswerRecord } from './core/answers/answer-store.ts';
import { MemoriError } from './core/base/errors.ts';
import type { Playground } from './playground/playground.ts';
import { createLogger, loadConfig } from './process.ts';

const usage = `Asks one question, the same way as in Slack, and prints the answer.

  npm run ask -- "net revenue by month"
  npm run ask -- "and by week?" --thread launch

  --as PERSON      who asks: maya (default), tom, siyuan, or any other name, who then joins the workspace
  --channel NAME   where: a channel such as general; without it, the person's direct message with Memori
  --thread ID      which conversation: any name you like; asking again with it follows up
  --json           one JSON object on standard output
  --help           this text

Exit code: 0 answered, 2 not answered (unclear, unknown or refused), 1 error.
It uses the data folder (DATA_FOLDER), so stop a running Memori first or give it another folder.`;

/** A question that takes longer than this has gone wrong. Milliseconds. */
const patienceMs = 180_000;

const options = {
  as: { type: 'string', default: 'maya' },
  channel: { type: 'string' },
  thread: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Asking = {
  readonly question: string;
  readonly as: string;
  readonly channel: string | undefined;
  readonly thread: string | undefined;
};

let memori: Memori | undefined;
try {
  const { values, positionals } = readCommandLine(usage, options, Number.POSITIVE_INFINITY);
  const question = positionals.join(' ').trim();
  requireText('question', question);
  requireText('name after --as', values.as);
  requireText('name after --channel', values.channel);
  // A real workspace has its own people; asking from a terminal is always local.
  const config = {
    ...loadConfig({
      SLACK_BOT_TOKEN: '',
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: '',
      NODE_ENV: 'development',
      PORT: '0',
    }),
    logLevel: 'error' as const,
  };
  let answered: (record: AnswerRecord) => void = () => {};
  const answer = new Promise<AnswerRecord>((resolve, reject) => {
    answered = resolve;
    setTimeout(
      () => reject(new MemoriError('cancelled', `There was no answer within ${patienceMs / 1000} seconds.`)),
      patienceMs,
    ).unref();
  });
  // Only now: what was mistyped is said without waiting for all of the product to load.
  const { startApp } = await import('./app.ts');
  memori = await startApp(config, {
    logger: createLogger(config),
    guests: { people: [values.as], channels: values.channel ? [values.channel] : [] },
    onAnswer: (record) => answered(record),
  });
  await ask(memori, { question, as: values.as, channel: values.channel, thread: values.thread });
  const record = await answer;
  process.stdout.write(values.json ? `${JSON.stringify(jsonOf(record))}\n` : textOf(record));
  await memori.stop();
  process.exit(exitCodeOf(record.outcome));
} catch (error) {
  await memori?.stop();
  exitWith(error);
}

/** Undefined is left to its default; empty is a mistake, often a shell variable that is not set. */
function requireText(what: string, given: string | undefined): void {
  if (given?.trim() === '')
    throw new MemoriError('invalid_input', `The ${what} is empty.`, { next: '--help shows examples.' });
}

/** Says it in the playground as the person would, and remembers which thread the name stands for. */
async function ask({ playground, stores }: Memori, { question, as, channel, thread }: Asking): Promise<void> {
  if (!playground) throw new Error('The playground is not the Slack here.');
  const place = channel ?? 'dm';
  const threads = stores.documents('ask_threads');
  const key = `${as}/${place}/${thread}`;
  const known = thread === undefined ? undefined : (await threads.all()).find(({ id }) => id === key)?.value;
  const text = channel === undefined ? question : `<@${playground.botUser.id}> ${question}`;
  const sent = await say(playground, {
    as,
    channel: place,
    text,
    ...(typeof known === 'string' ? { thread: known } : {}),
  });
  if (thread !== undefined && known === undefined) await threads.put(key, sent);
}

/** The thread's root, to follow up on. */
async function say(playground: Playground, message: Parameters<Playground['say']>[0]): Promise<string> {
  return (await playground.say(message)).ts;
}
