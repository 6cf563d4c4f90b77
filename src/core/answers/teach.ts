import type { Memories, Taught } from '../memory/memories.ts';
import type { Said } from '../outcome.ts';
import type { Question } from '../question.ts';
import type { Run } from '../run.ts';
import { textsFor } from '../texts/texts-for.ts';

/** Stores what was taught and says who will see it used. Errors: `secret_refused`, `invalid_input`. */
export async function teach(lesson: Taught, question: Question, memories: Memories, run: Run): Promise<Said> {
  const { person, place, id } = question;
  const memory = await memories.teach(lesson, person, place, id.slice(id.lastIndexOf(':') + 1));
  const texts = textsFor(run.locale);
  const seenBy = memory.scope.type === 'user' ? texts.onlyYou : texts.thisChannel;
  return {
    status: 'said',
    text: `${texts.learned(memory.text)} ${seenBy}`,
    memories: [{ id: memory.id, text: memory.text }],
    suggestions: [],
  };
}
