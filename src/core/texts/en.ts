import type { ErrorCode, ErrorDetails } from '../base/errors.ts';
import type { Step } from '../base/steps.ts';
import { memoryRefusalText } from './memory-refusals.ts';
import { modelFailureText } from './model-failure-texts.ts';

/** “takings”, “by browser” or “with free shipping”. */
const listWords = (words: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(words.map((word) => `“${word}”`));

/** The sentences of answers, in English. `zh.ts` has the same shape. */
export const en = {
  steps: {
    recalling: 'Recalling what your team taught me',
    reading_schema: 'Reading the schema',
    writing_sql: 'Writing SQL',
    checking: 'Checking the SQL',
    running: 'Running it',
    summarising: 'Summarising',
  } satisfies Record<Step, string>,
  intro: (sources: readonly string[]) =>
    `Ask me about your data in plain words, for example one of the questions below. I answer from ${sources.join(' and ')}. You can teach me words: “by active customer we mean one who ordered in the last 90 days”. \`/memori help\` lists the commands.`,
  learned: (text: string) => `Got it. I will remember: “${text}”.`,
  notCounted:
    'I keep this, but I cannot count by it yet: years, quarters and weeks are those of the calendar, and weeks begin on Monday.',
  onlyYou: 'It is used for your questions only.',
  thisChannel: 'It is used for everyone in this channel.',
  /** `hasOthers`: there are questions to click below. */
  nothingFits: (hasOthers: boolean) =>
    `Neither a verified query nor your definitions answer this.${hasOthers ? ' Try one of the questions below.' : ''}`,
  unknownWords: (words: readonly string[], hasOthers: boolean) =>
    `I do not know what ${listWords(words)} means here. Teach me with “by ${words[0]} we mean …”${hasOthers ? ', or try one of the questions below.' : '.'}`,
  noModel:
    'No model is connected that could write the SQL. An operator can set `ANTHROPIC_API_KEY` (Claude), `OPENAI_API_KEY` (GPT), or `OPENAI_BASE_URL` and `MEMORI_OPENAI_MODEL` for a model of your own (Ollama, llama.cpp, vLLM, a gateway), and start Memori again.',
  cannot: {
    why: 'I cannot explain changes yet: I answer with figures, not with causes. Comparing the parts is the closest.',
    forecast: 'I do not forecast: I answer from what is in the database today.',
    watch: 'I cannot watch a figure and tell you later yet. Ask me whenever you want to know.',
    schedule: 'I cannot send an answer on a schedule yet. Ask me whenever you need it.',
    anomalies: 'I do not look for anomalies yet. A series by day or month shows what stands out.',
  },
  newestRows: 'The newest rows of each kind of data:',
  notUnderstood: 'I do not understand that as a question about your data. Try one of these.',
  didYouMean: 'I am not sure which of these you mean.',
  noSource: 'No database is connected. Set DATA_SOURCES and start Memori again.',
  tooLong: (length: number, limit: number) =>
    `That question has ${length} characters, and I read up to ${limit}. Please shorten it.`,
  /** Buckets of a series that are only partly covered. */
  notWhole: (buckets: readonly (readonly [name: string, part: string])[]) =>
    `Incomplete: ${buckets.map(([name, part]) => `${name} (${part})`).join(', ')}.`,
  notWholeLegend: '* incomplete',
  until: (day: string) => `to ${day}`,
  from: (day: string) => `from ${day}`,
  noRows: 'The query ran, but no rows match.',
  oneRow: (pairs: readonly string[]) => `${pairs.join(', ')}.`,
  rows: (count: string, more: boolean) => `${more ? 'More than ' : ''}${count} ${count === '1' ? 'row' : 'rows'}.`,
};

/** The shape that every language of `en` has. */
export type AnswerTexts = typeof en;

/** Adds the full stop that messages of databases and of the guard lack. */
const endSentence = (message: string | number): string => String(message).replace(/[^.!?…]$/u, '$&.');

/** What each expected failure says: what happened, why, and what to do next. */
export const errorsEn: ErrorTexts = {
  busy: ({ waiting, seconds }) =>
    waiting === undefined
      ? 'I am being restarted. Ask again in a minute.'
      : `${waiting} questions are waiting already; a new one would wait about ${seconds} s. Ask again then.`,
  budget_exceeded: ({ scope, limit }) =>
    scope === 'request'
      ? `This question needs more tokens than one request may use (${limit}). Ask about fewer tables, or ask an operator to raise MEMORI_PER_REQUEST_TOKEN_LIMIT.`
      : `Today's ${scope === 'user' ? 'personal' : scope === 'channel' ? 'channel' : 'workspace'} budget is used up, so I did not ask the model. \`/memori budget\` shows when it resets; verified questions still work.`,
  cancelled: () => 'Stopped. Nothing is running any more.',
  config_invalid: () => 'Memori is not set up correctly. An operator finds the reason in the log.',
  database_unavailable: ({ source }) =>
    `The database${source ? ` ${source}` : ''} does not answer. Try again in a minute. If it still does not answer, tell an operator.`,
  invalid_input: (details) => memoryRefusalText('en', details) ?? String(details.message ?? 'I cannot use that.'),
  model_misconfigured: (details) =>
    modelFailureText('en', details) ??
    'The model refuses my key or settings, so I cannot write SQL now. An operator finds the reason in the log; verified questions still work.',
  model_refused: () => 'The model declined to answer this. Put it another way, please.',
  model_truncated: (details) =>
    modelFailureText('en', details) ?? 'The answer became too long for one request. Ask for less at once, please.',
  model_unavailable: (details) =>
    modelFailureText('en', details) ??
    'The model does not answer right now. Try again in a minute; verified questions still work.',
  not_allowed: (details) => memoryRefusalText('en', details) ?? 'You may not do that here.',
  not_found: (details) => memoryRefusalText('en', details) ?? `I cannot find ${details.what ?? 'that'} any more.`,
  plan_too_large: ({ cost, rows, maxCost, maxRows }) =>
    `I did not run this: the database expects it to go through about ${count(rows)} rows at a cost of ${count(cost)}, and ${count(maxRows)} rows or a cost of ${count(maxCost)} are allowed. Ask for a shorter period or fewer groups.`,
  query_failed: ({ message }) => `The database could not run the query: ${endSentence(message ?? 'unknown reason')}`,
  query_timeout: ({ seconds }) =>
    `The query took longer than ${seconds ?? 'the allowed number of'} seconds, so I stopped it. Ask for a shorter period or fewer rows.`,
  secret_refused: () =>
    'That looks like a secret or personal data, so I did not store it. Please leave that part out and say it again.',
  sql_refused: ({ message, reason }) =>
    `I did not run that SQL: ${endSentence(message ?? 'it is not a plain read')}${reason === 'function' ? ' An admin can allow a function of your own with `/memori sources approve`.' : ''}`,
  store_corrupt: () => 'My store is damaged. An operator finds the next step in the log.',
  store_full: () => 'My disk is full, so I cannot keep anything. Tell an operator, please.',
  store_locked: () => 'Another Memori is using my store.',
  store_unavailable: () => 'My store does not answer, so I cannot work safely right now. Try again in a minute.',
  internal: ({ reference }) =>
    `Something went wrong on my side. The operators have been told; the reference is ${reference}.`,
};

const magnitude = new Intl.NumberFormat('en', {
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 2,
});
const count = (value: string | number | undefined): string => magnitude.format(Number(value ?? 0));

/** Builds the sentence for one error from what may be quoted about it. */
export type ErrorText = (details: ErrorDetails) => string;
/** One sentence for each error code, and `internal` for bugs. */
export type ErrorTexts = Readonly<Record<ErrorCode | 'internal', ErrorText>>;
