import type { AnswerRecord } from './answers/answer-store.ts';
import { chooseSource } from './answers/choose-source.ts';
import { answerFromIntent } from './answers/from-intent.ts';
import { answerFromMeasures } from './answers/from-measures.ts';
import { answerFromModel } from './answers/from-model.ts';
import { answerFromSql, sqlIn } from './answers/from-sql.ts';
import { answerFromVerified } from './answers/from-verified.ts';
import type { Outcome } from './answers/outcome.ts';
import type { ReadLimits } from './answers/read.ts';
import { asksForHelp, help, tooLong, unanswered } from './answers/replies.ts';
import type { Run } from './answers/run.ts';
import type { Source } from './answers/source.ts';
import { teach, withLesson } from './answers/teach.ts';
import { maxQuestionLength, type Question } from './base/question.ts';
import { asksIn } from './memory/detect.ts';
import type { Memories } from './memory/memories.ts';
import type { LanguageModel } from './model/model.ts';
import type { SavedQueries } from './verified/saved-queries.ts';

export type AnswerDeps = {
  readonly memories: Memories;
  readonly sources: readonly Source[];
  /** What people vouched for in the chat; undefined: the sources' files only. */
  readonly saved?: SavedQueries;
  /** Undefined: verified queries only. */
  readonly model: LanguageModel | undefined;
  /** Drafts the model writes for a question, of which the answer is voted; 1 when absent. */
  readonly candidates?: number;
  readonly limits: ReadLimits;
};

/**
 * What one question becomes, from top to bottom: something to learn, SQL to run, a question that a person vouched for, one
 * that the team's definitions answer, one for the model, or an honest "I cannot". Errors: `MemoriError`s of the parts; the conversation shows them.
 */
export async function answerQuestion(
  question: Question,
  thread: readonly AnswerRecord[],
  deps: AnswerDeps,
  run: Run,
): Promise<Outcome> {
  if (asksForHelp(question.text)) return help(deps.sources, run);
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
  const meaning = await source.meanings?.ofQuestion(question.text);
  const { person, place } = question;
  const saved = (await deps.saved?.of(person.team, source.name, place.channel)) ?? [];
  const asking = {
    question,
    thread,
    recalled,
    source,
    saved: saved.map(({ query }) => query),
    limits: deps.limits,
    meaning,
  };
  const verified = await answerFromVerified(asking, run);
  if (verified.status !== 'unmatched') return verified;
  const measured = await answerFromMeasures(asking, run);
  if (measured.status !== 'unread') return measured;
  const { model, candidates } = deps;
  const said = await answerFromIntent(asking, model !== undefined, run);
  if (said) return said;
  return model
    ? answerFromModel({ ...asking, model, candidates, names: measured.names }, run)
    : unanswered(verified, measured, run);
}
