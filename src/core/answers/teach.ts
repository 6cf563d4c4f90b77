import type { Question } from '../base/question.ts';
import { isCalendarRule } from '../language/intents.ts';
import type { Memories, Taught } from '../memory/memories.ts';
import { textsFor } from '../texts/texts-for.ts';
import type { AnswerRecord } from './answer-store.ts';
import type { Outcome, Said } from './outcome.ts';
import type { Run } from './run.ts';

/**
 * Stores what was taught and says for whom it is used. After a correction, offers to ask the corrected question again.
 * Errors: `secret_refused`, `invalid_input`.
 */
export async function teach(
  lesson: Taught,
  question: Question,
  thread: readonly AnswerRecord[],
  memories: Memories,
  run: Run,
): Promise<Said> {
  const { person, place, id } = question;
  const memory = await memories.teach(lesson, person, place, id.slice(id.lastIndexOf(':') + 1));
  const texts = textsFor(run.locale);
  const seenBy = memory.scope.type === 'user' ? texts.onlyYou : texts.thisChannel;
  const corrected =
    lesson.kind === 'correction' ? thread.findLast(({ outcome }) => outcome.status === 'answered') : undefined;
  return {
    status: 'said',
    text: [texts.learned(memory.text), seenBy, ...(isCalendarRule(memory.text) ? [texts.notCounted] : [])].join(' '),
    memories: [{ id: memory.id, text: memory.text }],
    suggestions: corrected ? [{ text: corrected.question.text }] : [],
  };
}

/** Prepends what was learnt to the answer of the same message. */
export const withLesson = (lesson: Said | undefined, outcome: Outcome): Outcome =>
  lesson === undefined
    ? outcome
    : { ...outcome, text: `${lesson.text}\n${outcome.text}`, taught: lesson.memories.map(({ id }) => id) };
