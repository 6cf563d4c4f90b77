import type { ErrorCode, ErrorDetails } from '../errors.ts';
import type { Step } from '../outcome.ts';

/** Everything the core says to a person, in English. `zh.ts` has the same shape: the compiler sees to it. */
export const en = {
  steps: {
    recalling: 'Recalling what your team taught me',
    reading_schema: 'Reading the schema',
    writing_sql: 'Writing SQL',
    checking: 'Checking the SQL',
    running: 'Running it',
    summarising: 'Summarising',
  } satisfies Record<Step, string>,
};

export type Texts = typeof en;
export type ErrorText = (details: ErrorDetails) => string;
export type ErrorTexts = Record<ErrorCode | 'internal', ErrorText>;
