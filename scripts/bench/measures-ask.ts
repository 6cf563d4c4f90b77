import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import type { Measures } from '../../src/core/measures/create-measures.ts';
import type { Reading } from '../../src/core/measures/reading/reading.ts';

export type Case = {
  readonly question: string;
  /** Gold SQL; undefined for what cannot be answered. */
  readonly gold: string | undefined;
  readonly set: string;
  readonly kind: string;
};
export type Tried = Case & {
  readonly sql: string | undefined;
  /** How the question was read, where it was answered. */
  readonly reading?: Reading;
  readonly ms: number;
  readonly reply: string;
};
export type Judged = Tried & { readonly verdict: 'right' | 'wrong' | 'abstained'; readonly isStrict: boolean };

export const dates = createChronoDates();

export function ask(measures: Measures, one: Case): Tried {
  const locale = /\p{Script=Han}/u.test(one.question) ? 'zh' : 'en';
  const started = performance.now();
  const reply = measures.ask(one.question, { locale });
  const ms = performance.now() - started;
  return {
    ...one,
    ms,
    sql: reply.kind === 'answer' ? reply.sql : undefined,
    ...(reply.kind === 'answer' ? { reading: reply.reading } : {}),
    reply:
      reply.kind === 'none'
        ? `unknown: ${reply.unknownWords.join(', ') || '(no whole reading)'}`
        : reply.kind === 'ask'
          ? `ask: ${reply.suggestions.map(({ text }) => text).join(' | ')}`
          : reply.kind,
  };
}
