import { chooseChart } from '../charts/choose-chart.ts';
import { textsFor } from '../texts/texts-for.ts';
import { renderSentence } from '../verified/render-sentence.ts';
import { answered, cited } from './answered.ts';
import { describeResult } from './describe-result.ts';
import type { Asking } from './from-verified.ts';
import type { Answered, Clarify, Unanswered, Written } from './outcome.ts';
import type { Draft } from './prompt/draft.ts';
import type { ReadResult } from './read.ts';
import type { Run } from './run.ts';
import { tableReasons } from './table-reasons.ts';
import type { Unread } from './unread.ts';

/** The most interpretations offered to choose from. */
const offered = 4;

/** Builds the answer from a draft and its rows. All figures come from the rows. */
export async function answerDraft(
  draft: Draft,
  reading: ReadResult,
  { question, recalled, source, unread }: Asking & { readonly unread?: Unread },
  written: Written,
  run: Run,
): Promise<Answered> {
  run.progress('summarising');
  const template = inventsFigures(draft.answer) ? '' : draft.answer;
  const { result } = reading;
  return answered(reading, source, {
    text: renderSentence(template, result, run.locale) ?? describeResult(result, run.locale),
    template,
    interpretation: draft.assumptions.length > 0 ? draft.assumptions.join('; ') : undefined,
    source: 'model',
    written: { ...written, tables: await tableReasons(draft.sql, question.text, source, run.signal) },
    chart: chooseChart(result, draft.chart, ''),
    memories: cited(recalled, draft.memories_used),
    suggestions: unread?.reading === undefined ? [] : [{ text: unread.reading }],
  });
}

/** Whether a sentence contains digits that did not come from the rows. A plain sentence then replaces it. */
const inventsFigures = (template: string): boolean => /\d/.test(template.replace(/\{\w+\}/g, ''));

/** The outcome when the model asks a question or says what the schema lacks. */
export function questionBack(draft: Draft, { source }: Asking, run: Run): Clarify | Unanswered {
  const text = draft.clarifying_question || textsFor(run.locale).notUnderstood;
  const suggestions = draft.options.slice(0, offered).map((option) => ({ text: option }));
  return draft.kind === 'clarify'
    ? { status: 'clarify', text, dataSource: source.name, suggestions }
    : { status: 'unanswered', text, suggestions };
}
