import type { Memori } from './app.ts';
import type { AnswerRecord } from './core/answers/answer-store.ts';
import { MemoriError } from './core/base/errors.ts';
import { createLogger, loadConfig } from './process.ts';

/** One question from a terminal. */
export type Asking = {
  readonly question: string;
  /** Who asks, by name. */
  readonly as: string;
  /** A channel by name; undefined: the person's direct message with Memori. */
  readonly channel: string | undefined;
  /** Any name; the same name, person and place go on with the same conversation. */
  readonly thread: string | undefined;
};

/** A started Memori that is asked from a terminal, one question after the other. */
export type AskSession = {
  /** Errors: `cancelled` when no answer came in time. */
  ask(asking: Asking): Promise<AnswerRecord>;
  stop(): Promise<void>;
};

/** A question that takes longer than this has gone wrong. Milliseconds. */
const patienceMs = 180_000;

/** Where a named conversation began: the ts of its first message. */
type Threads = { get(key: string): Promise<string | undefined>; put(key: string, ts: string): Promise<void> };

/**
 * Starts the product with its own local Slack, whatever Slack is configured. `askings` name the people and channels
 * that join it. `keepsThreads`: conversations go on in the next session.
 */
export async function openAskSession(askings: readonly Asking[], keepsThreads: boolean): Promise<AskSession> {
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
  // Loaded here, so that a mistyped command line is answered without waiting for the whole product.
  const { startApp } = await import('./app.ts');
  const memori = await startApp(config, {
    logger: createLogger(config),
    guests: {
      people: [...new Set(askings.map(({ as }) => as))],
      channels: [...new Set(askings.flatMap(({ channel }) => channel ?? []))],
    },
    onAnswer: (record) => answered(record),
  });
  const threads = keepsThreads ? storedThreads(memori) : localThreads();

  return {
    async ask(asking) {
      let timer: NodeJS.Timeout | undefined;
      const answer = new Promise<AnswerRecord>((resolve, reject) => {
        answered = resolve;
        const late = new MemoriError('cancelled', `There was no answer within ${patienceMs / 1000} seconds.`);
        timer = setTimeout(() => reject(late), patienceMs);
      });
      try {
        await say(memori, asking, threads);
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    stop: () => memori.stop(),
  };
}

/** Writes the question in the playground as the person would. */
async function say({ playground }: Memori, asking: Asking, threads: Threads): Promise<void> {
  if (!playground) throw new Error('The playground is not the Slack here.');
  const { question, as, channel, thread } = asking;
  const place = channel ?? 'dm';
  const key = `${as}/${place}/${thread}`;
  const known = thread === undefined ? undefined : await threads.get(key);
  const text = channel === undefined ? question : `<@${playground.botUser.id}> ${question}`;
  const { ts } = await playground.say({ as, channel: place, text, ...(known === undefined ? {} : { thread: known }) });
  if (thread !== undefined && known === undefined) await threads.put(key, ts);
}

function localThreads(): Threads {
  const known = new Map<string, string>();
  return {
    get: async (key) => known.get(key),
    put: async (key, ts) => void known.set(key, ts),
  };
}

function storedThreads({ stores }: Memori): Threads {
  const documents = stores.documents('ask_threads');
  return {
    async get(key) {
      const value = (await documents.all()).find(({ id }) => id === key)?.value;
      return typeof value === 'string' ? value : undefined;
    },
    put: (key, ts) => documents.put(key, ts),
  };
}
