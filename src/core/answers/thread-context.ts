import type { AnswerRecord } from './answer-store.ts';
import type { Clarification, Exchange } from './prompt/writing.ts';

/** How many earlier exchanges of the thread go into the prompt. */
const rememberedExchanges = 3;

/** What was asked and answered before in this thread, newest last. */
export const exchangesOf = (thread: readonly AnswerRecord[]): readonly Exchange[] =>
  thread
    .flatMap(({ question, outcome }) =>
      outcome.status === 'answered' ? [{ question: question.text, sql: outcome.sql }] : [],
    )
    .slice(-rememberedExchanges);

/**
 * The model's questions just before this message, oldest first. The message answers them, clicked or typed, and belongs
 * to the question that they were about.
 */
export function clarificationsOf(thread: readonly AnswerRecord[]): readonly Clarification[] {
  const begin = thread.findLastIndex(({ outcome }) => outcome.status !== 'clarify') + 1;
  return thread
    .slice(begin)
    .map(({ question, outcome }) => ({ question: question.text, asked_back: outcome.text }))
    .slice(-rememberedExchanges);
}
