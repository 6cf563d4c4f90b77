import type { Chance } from '../../../test/support/oracle/chance.ts';
import type { Answer, Asker } from './answers.ts';
import type { Names } from './names.ts';

/** What one try of a relation found. */
export type Tried =
  | { readonly kind: 'held' }
  /** A side is not answered: nothing can be said. */
  | { readonly kind: 'unanswered'; readonly question: string; readonly said: string }
  | { readonly kind: 'broken'; readonly answers: readonly Answer[]; readonly figures: string };

export type Trial = { readonly names: Names; readonly chance: Chance; readonly asker: Asker };

/** Something that must hold between questions, whatever the model. Undefined: the model has no names for it. */
export type Relation = {
  readonly name: string;
  readonly try: (trial: Trial) => Promise<Tried> | undefined;
};

export const held: Tried = { kind: 'held' };

/** Answers for all questions, or the first that has none. A statement that the database refuses breaks every relation. */
export async function answersTo(
  asker: Asker,
  questions: readonly (string | readonly [before: string, question: string])[],
): Promise<readonly Answer[] | Tried> {
  const answers: Answer[] = [];
  for (const one of questions) {
    const answer = typeof one === 'string' ? await asker.ask(one) : await asker.ask(one[1], one[0]);
    if (answer.failed) return { kind: 'broken', answers: [answer], figures: answer.said };
    if (answer.rows === undefined) return { kind: 'unanswered', question: answer.question, said: answer.said };
    answers.push(answer);
  }
  return answers;
}

export const isTried = (found: readonly Answer[] | Tried): found is Tried => !Array.isArray(found);

/** Compares answers; `judge` gives what is wrong, or nothing. */
export async function compared(
  asker: Asker,
  questions: readonly (string | readonly [before: string, question: string])[],
  judge: (...answers: Answer[]) => string | undefined,
): Promise<Tried> {
  const answers = await answersTo(asker, questions);
  if (isTried(answers)) return answers;
  const figures = judge(...answers);
  return figures === undefined ? held : { kind: 'broken', answers, figures };
}
