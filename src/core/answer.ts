import type { AnswerRecord } from './answers/answer-store.ts';
import { chooseSource } from './answers/choose-source.ts';
import { answerFromIntent } from './answers/from-intent.ts';
import { answerFromMeasures } from './answers/from-measures.ts';
import { answerFromModel } from './answers/from-model.ts';
import { answerFromSql, sqlIn } from './answers/from-sql.ts';
import { type Asking, answerFromVerified } from './answers/from-verified.ts';
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
 * What one message becomes, from top to bottom: something to learn, SQL to run, a question that a person vouched for, one
 * that the team's definitions answer, one for the model, or an honest "I cannot". Errors: `MemoriError`s of the parts; the
 * conversation shows them.
 */
export async function answerQuestion(
  message: Question,
  thread: readonly AnswerRecord[],
  deps: AnswerDeps,
  run: Run,
): Promise<Outcome> {
  if (asksForHelp(message.text)) return help(deps.sources, run);
  if (message.text.length > maxQuestionLength) return tooLong(message, run);
  const lesson = deps.memories.detect(message.text);
  const said = lesson && (await teach(lesson, message, thread, deps.memories, run));
  const text = said ? asksIn(message.text) : message.text;
  if (said && text === undefined) return said;
  const question = { ...message, text: text ?? '' };

  const source = await chooseSource(question, thread, deps.sources, run);
  const sql = await sqlIn(question.text, source);
  if (sql !== undefined) return withLesson(said, await answerFromSql(sql, source, deps.limits, run));
  run.progress('recalling');
  const asking = await gather(question, thread, source, deps);
  const verified = await answerFromVerified(asking, run);
  if (verified.status !== 'unmatched') return withLesson(said, verified);
  const measured = await answerFromMeasures(asking, run);
  if (measured.status !== 'unread') return withLesson(said, measured);
  const { model, candidates } = deps;
  const beyond = await answerFromIntent(asking, model !== undefined, run);
  if (beyond) return withLesson(said, beyond);
  if (model === undefined) return withLesson(said, unanswered(verified, measured, run));
  return withLesson(said, await answerFromModel({ ...asking, model, candidates, names: measured.names }, run));
}

/** What is known that may help with a question. */
async function gather(
  question: Question,
  thread: readonly AnswerRecord[],
  source: Source,
  { memories, sources, saved, limits }: AnswerDeps,
): Promise<Asking> {
  const names = sources.map(({ name }) => name);
  const recalled = await memories.recall(question, names);
  const meaning = await source.meanings?.ofQuestion(question.text);
  const here = (await saved?.of(question.person.team, source.name, question.place.channel)) ?? [];
  return { question, thread, recalled, source, saved: here.map(({ query }) => query), limits, meaning };
}
