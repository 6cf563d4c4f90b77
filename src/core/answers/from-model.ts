import { isMemoriError, type MemoriError } from '../base/errors.ts';
import type { LanguageModel } from '../model/model.ts';
import { visibleCatalogue } from '../sql/visible-catalogue.ts';
import { answerDraft, questionBack } from './answer-draft.ts';
import { agreedDraft } from './by-vote.ts';
import { examplesFor } from './examples.ts';
import type { Asking } from './from-verified.ts';
import type { LeftOut, Outcome, Repair } from './outcome.ts';
import type { Draft } from './prompt/draft.ts';
import { effortFor } from './prompt/prompt-size.ts';
import { type WrittenDraft, writeSql } from './prompt/write-sql.ts';
import type { Attempt, Failure, Writing } from './prompt/writing.ts';
import { read } from './read.ts';
import { failureOf, repairOf } from './repair.ts';
import { routeQuestion } from './route-question.ts';
import type { Run } from './run.ts';
import { clarificationsOf, exchangesOf } from './thread-context.ts';
import { nothingRead, type Unread } from './unread.ts';

/** Repairs after the first draft. More rounds were measured: they cost more and were less accurate. */
const maxRepairs = 2;

/**
 * Answers with SQL that the model writes. The guard and the database check it, and their objections go back to the
 * model at most twice. Errors: those of the model and the budget, and of the last `read`.
 */
export async function answerFromModel(asking: AskingModel, run: Run): Promise<Outcome> {
  const { model, source, limits, thread } = asking;
  run.progress('reading_schema');
  const catalogue = await source.catalogue(run.signal);
  const question = asking.question.text;
  const examples = await examplesFor(asking, run);
  const writing = {
    ...asking,
    unread: asking.unread ?? nothingRead,
    examples,
    thread: exchangesOf(thread),
    clarifications: clarificationsOf(thread),
  };
  const failed: string[] = [];
  const repairs: Repair[] = [];
  let failure: { readonly error: MemoriError; readonly told: Failure } | undefined;
  for (;;) {
    const best = routeQuestion({ question, catalogue, thread, examples, failed });
    const route = model.routes ? best : undefined;
    const attempt = { route, effort: effortFor(best, failed.length > 0), attempt: failed.length };
    run.progress('writing_sql');
    const reply = await write(model, writing, { ...attempt, failure: failure?.told }, run);
    const draft = reply.value;
    if (draft.kind !== 'sql') return questionBack(draft, asking, run);
    if (failure) repairs.push(repairOf(failure.error, failure.told.sql, draft.sql));
    const written = { model: reply.model, ...(route ? { route } : {}), repairs, ...leftOutOf(reply) };
    const agreed = failure ? undefined : await voted(draft, writing, asking, attempt, run);
    if (agreed) return answerDraft(agreed.draft, agreed.reading, asking, { ...written, vote: agreed.vote }, run);
    try {
      return answerDraft(draft, await read(draft.sql, source, limits, run, 'model'), asking, written, run);
    } catch (error) {
      if (failed.length === maxRepairs || !isRepairable(error)) throw error;
      failed.push(draft.sql);
      failure = { error, told: failureOf(error, draft.sql, visibleCatalogue(catalogue, source.policy)) };
    }
  }
}

/** Writes further drafts when several candidates are set, and returns the one that most agree on. */
async function voted(
  first: Draft,
  writing: Writing,
  asking: AskingModel,
  like: Omit<Attempt, 'failure' | 'attempt'>,
  run: Run,
) {
  const { candidates = 1, model } = asking;
  if (candidates === 1) return undefined;
  const drafts = [first];
  for (let attempt = 2; attempt <= candidates; attempt++)
    drafts.push((await write(model, writing, { ...like, failure: undefined, attempt }, run)).value);
  return agreedDraft(drafts, asking, run);
}

type AskingModel = Asking & {
  readonly model: LanguageModel;
  /** How many drafts are written and voted on; 1 when absent. */
  readonly candidates?: number | undefined;
  /** What the definitions know of the question: hints for schema linking, and a reading that may be meant. */
  readonly unread?: Unread;
};

/** Calls the model while the turn's place is free for others. */
async function write(model: LanguageModel, writing: Writing, attempt: Attempt, run: Run): Promise<WrittenDraft> {
  const reply = await (run.offPlace ?? ((work) => work()))(() => writeSql(model, writing, attempt, run.signal));
  run.spend(reply.costMicroUsd);
  return reply;
}

const leftOutOf = ({ leftOut }: WrittenDraft): { readonly leftOut?: readonly LeftOut[] } =>
  leftOut.length === 0 ? {} : { leftOut };

/** Whether the model can correct an error: a name, a type, a construct, but no timeout and no unreachable database. */
const isRepairable = (error: unknown): error is MemoriError =>
  isMemoriError(error, 'sql_refused') || isMemoriError(error, 'query_failed');
