import { chooseSource } from './answers/choose-source.ts';
import { answerFromModel } from './answers/from-model.ts';
import { answerFromSql, sqlIn } from './answers/from-sql.ts';
import { answerFromVerified } from './answers/from-verified.ts';
import { help, tooLong, unanswered } from './answers/replies.ts';
import { teach, withLesson } from './answers/teach.ts';
import { asksIn } from './memory/detect.ts';
import type { Memories } from './memory/memories.ts';
import type { LanguageModel } from './model.ts';
import type { Outcome } from './outcome.ts';
import { maxQuestionLength, type Question } from './question.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';
import type { QueryLimits } from './sql/database.ts';
import type { AnswerRecord } from './turns-store.ts';

export type AnswerDeps = {
  readonly memories: Memories;
  readonly sources: readonly Source[];
  /** Undefined: verified queries only. */
  readonly model: LanguageModel | undefined;
  readonly limits: QueryLimits;
};

/**
 * What one question becomes, from top to bottom: something to learn, SQL to run, a question that a person vouched for, a
 * question for the model, or an honest "I cannot". Errors: `MemoriError`s of the parts; the conversation shows them.
 */
export async function answerQuestion(
  question: Question,
  thread: readonly AnswerRecord[],
  deps: AnswerDeps,
  run: Run,
): Promise<Outcome> {
  if (question.text.trim() === '') return help(deps.sources, run);
  if (question.text.length > maxQuestionLength) return tooLong(question, run);

  const lesson = deps.memories.detect(question.text);
  if (!lesson) return answerAsked(question, thread, deps, run);
  const said = await teach(lesson, question, thread, deps.memories, run);
  const text = asksIn(question.text);
  return text === undefined ? said : withLesson(said, await answerAsked({ ...question, text }, thread, deps, run));
}

/** A question that teaches nothing. */
async function answerAsked(
  question: Question,
  thread: readonly AnswerRecord[],
  deps: AnswerDeps,
  run: Run,
): Promise<Outcome> {
  const source = await chooseSource(question, thread, deps.sources, run);
  const sql = await sqlIn(question.text, source);
  if (sql !== undefined) return answerFromSql(sql, source, deps.limits, run);

  run.progress('recalling');
  const recalled = await deps.memories.recall(
    question,
    deps.sources.map(({ name }) => name),
  );
  const verified = await answerFromVerified({ question, thread, recalled, source, limits: deps.limits }, run);
  if (verified.status !== 'unanswered') return verified;
  if (deps.model)
    return answerFromModel({ question, thread, recalled, source, limits: deps.limits, model: deps.model }, run);
  return unanswered(verified, run);
}
