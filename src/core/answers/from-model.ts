import { chooseChart } from '../charts/choose-chart.ts';
import { isMemoriError, type MemoriError } from '../errors.ts';
import type { LanguageModel, ModelReply } from '../model.ts';
import type { Answered, Outcome } from '../outcome.ts';
import type { Run } from '../run.ts';
import type { Draft } from '../sql/prompt/draft.ts';
import { repairSql, type Writing, writeSql } from '../sql/prompt/write-sql.ts';
import { textsFor } from '../texts/texts-for.ts';
import { renderSentence } from '../verified/render-sentence.ts';
import { describeResult } from './describe-result.ts';
import type { Asking } from './from-verified.ts';
import { type Reading, read } from './read.ts';

/** More rounds lower accuracy and cost more: free agent loops were measured, and lost. */
const maxRepairs = 2;

/** Earlier exchanges of the thread that go into the prompt. */
const rememberedExchanges = 3;

/**
 * Claude writes the SQL; the guard and the database have the last word, and their objections go back to the model at
 * most twice. Errors: those of the model and the budget, and of the last reading.
 */
export async function answerFromModel(asking: Asking & { readonly model: LanguageModel }, run: Run): Promise<Outcome> {
  const { model, source, limits } = asking;
  const writing: Writing = { ...asking, thread: exchangesOf(asking) };
  run.progress('reading_schema');
  await source.catalogue(run.signal);
  run.progress('writing_sql');
  let draft = paid(await writeSql(model, writing, run.signal), run);
  for (let repair = 1; ; repair++) {
    if (draft.kind !== 'sql') return questionBack(draft, run);
    try {
      return answerDraft(draft, await read(draft.sql, source, limits, run), asking, run);
    } catch (error) {
      if (repair > maxRepairs || !isRepairable(error)) throw error;
      run.progress('writing_sql');
      draft = paid(
        await repairSql(model, writing, { sql: draft.sql, error: reasonOf(error) }, repair, run.signal),
        run,
      );
    }
  }
}

function answerDraft(draft: Draft, { sql, result }: Reading, { recalled, source }: Asking, run: Run): Answered {
  run.progress('summarising');
  const template = inventsFigures(draft.answer) ? '' : draft.answer;
  return {
    status: 'answered',
    text: renderSentence(template, result, run.locale) ?? describeResult(result, run.locale),
    template,
    interpretation: draft.assumptions.length > 0 ? draft.assumptions.join('; ') : undefined,
    source: 'model',
    verified: undefined,
    sql: sql.asAsked,
    dataSource: source.name,
    result,
    chart: chooseChart(result, draft.chart, ''),
    memories: recalled
      .filter(({ memory }) => draft.memories_used.includes(memory.id))
      .map(({ memory: { id, text }, why }) => ({ id, text, why })),
    suggestions: [],
  };
}

/** A digit outside of a placeholder did not come from the rows: such a sentence is dropped for a plain one. */
const inventsFigures = (template: string): boolean => /\d/.test(template.replace(/\{\w+\}/g, ''));

/** The model asks back, or says what the schema lacks. */
function questionBack(draft: Draft, run: Run): Outcome {
  const text = draft.clarifying_question || textsFor(run.locale).notUnderstood;
  const suggestions = draft.options.slice(0, 4).map((option) => ({ text: option }));
  return { status: draft.kind === 'clarify' ? 'clarify' : 'unanswered', text, suggestions };
}

const paid = (reply: ModelReply<Draft>, run: Run): Draft => {
  run.spend(reply.costMicroUsd);
  return reply.value;
};

/** What the model can mend: a name, a type, a construct. Not a timeout, not a database that is away. */
const isRepairable = (error: unknown): error is MemoriError =>
  isMemoriError(error, 'sql_refused') || isMemoriError(error, 'query_failed');

const reasonOf = (error: MemoriError): string => [error.message, error.next].filter(Boolean).join(' ');

const exchangesOf = ({ thread }: Asking) =>
  thread
    .flatMap(({ question, outcome }) =>
      outcome.status === 'answered' ? [{ question: question.text, sql: outcome.sql }] : [],
    )
    .slice(-rememberedExchanges);
