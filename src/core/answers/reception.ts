import { sessionId } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { Memories, Reception } from '../memory/memories.ts';
import type { AnswerRecord, AnswerStore } from './answer-store.ts';

/**
 * Stores how people received an answer. A verified answer needs no query pattern, since it is found by its own words.
 * Never throws.
 */
export async function receive(
  { question, outcome }: AnswerRecord,
  reception: Reception,
  memories: Memories,
): Promise<void> {
  if (outcome.status !== 'answered' || outcome.source === 'verified') return;
  await memories.received({ question, sql: outcome.sql, used: outcome.memories.map(({ id }) => id) }, reception);
}

/** Judges the previous answer when the thread goes on: wrong after a correction, accepted after another question. */
export async function judgeEarlier(
  { id, text, origin, person, place }: Question,
  answers: AnswerStore,
  memories: Memories,
): Promise<void> {
  if (origin !== 'message') return;
  const thread = await answers.thread(sessionId(person, place), 2);
  const earlier = thread.findLast((record) => record.id !== id);
  if (earlier === undefined) return;
  const taught = memories.detect(text);
  if (taught === undefined) await receive(earlier, 'silent', memories);
  else if (taught.kind === 'correction') await receive(earlier, 'bad', memories);
}
