import type { Question } from '../base/question.ts';
import { chooseChart } from '../charts/choose-chart.ts';
import type { Series } from '../language/buckets.ts';
import type { Definition } from '../language/definitions.ts';
import { leansOnBefore, widens } from '../measures/reading/follow-up.ts';
import { referencesIn } from '../measures/reading/references.ts';
import type { Recalled } from '../memory/memories.ts';
import { textsFor } from '../texts/texts-for.ts';
import { boundGrain } from '../verified/bind-parameters.ts';
import { fillParameters } from '../verified/interpretation.ts';
import { serialiseParameters } from '../verified/parameters.ts';
import type { ExactMatch, PreviousMatch, VerifiedQueries } from '../verified/verified-match.ts';
import type { VerifiedQuery } from '../verified/verified-query.ts';
import type { AnswerRecord } from './answer-store.ts';
import { answered, cited } from './answered.ts';
import { boundSql } from './bound-sql.ts';
import { findCutRows, seriesOf, withCutMarks, withNote } from './cut-rows.ts';
import { matchLookingUp } from './look-up-values.ts';
import { composedFrom, isNamedAlike } from './measured-alike.ts';
import type { Answered, Clarify, Suggestion, VerifiedBadge } from './outcome.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

/** A question with everything that the sources of an answer need. */
export type Asking = {
  readonly question: Question;
  readonly thread: readonly AnswerRecord[];
  readonly recalled: readonly Recalled[];
  readonly source: Source;
  /** Verified queries saved for this place, in addition to the source's own. */
  readonly saved: readonly VerifiedQuery[];
  readonly limits: ReadLimits;
  /** Vector of the question; undefined without a local model. */
  readonly meaning: Float32Array | undefined;
};

/** The most suggestions offered below an answer. */
const offered = 3;

/** No verified query means the same. */
export type Unmatched = {
  readonly status: 'unmatched';
  /** Questions to ask instead, the nearest first. */
  suggestions(): readonly Suggestion[];
};

/**
 * Answers with the verified query that means the same, or lets the person choose, or returns `Unmatched`. Errors: as
 * `read`.
 */
export async function answerFromVerified(asking: Asking, run: Run): Promise<Answered | Clarify | Unmatched> {
  const { question, recalled, saved, source } = asking;
  const verified = await source.verified(run.signal, saved);
  const context = {
    locale: run.locale,
    // A click asks the exact suggestion, in which defined terms are already replaced.
    definitions: question.origin === 'click' ? [] : recalled.flatMap(asDefinition),
    previous: previousMatch(asking),
    leans: question.origin !== 'click' && lastAnswer(asking) !== undefined && needsBefore(question.text),
    meaning: asking.meaning,
    chosen: question.origin === 'click',
  };
  const match = await matchLookingUp(verified, question.text, context, asking, run);
  switch (match.kind) {
    case 'match':
      return answerMatch(match, verified, asking, run);
    case 'ask':
      return {
        status: 'clarify',
        text: textsFor(run.locale).didYouMean,
        dataSource: source.name,
        suggestions: match.suggestions.map(({ text }) => ({ text })),
      };
    case 'none':
      return {
        status: 'unmatched',
        suggestions() {
          const near = match.near();
          return (near.length > 0 ? near : verified.suggest(offered, run.locale)).map(({ text }) => ({ text }));
        },
      };
  }
}

async function answerMatch(match: ExactMatch, verified: VerifiedQueries, asking: Asking, run: Run): Promise<Answered> {
  const { question, recalled, source, limits } = asking;
  const bound = await boundSql(match, verified, source);
  const [reading, suggestions] = await Promise.all([
    read(bound, source, limits, run, 'verified'),
    meanwhile(() => verified.nearest(question.text, offered + 1, run.locale, asking.meaning)),
  ]);
  run.progress('summarising');
  const title = match.interpretation;
  const { answer, answer_zh } = match.query;
  const composed = await composedFrom(match.interpretation, source, run.locale, run);
  const isAlike = composed !== undefined && isNamedAlike(composed, reading.result);
  const series = seriesIn(match);
  const cut = findCutRows(series, reading.result, source.today(), run.locale);
  const worded = (run.locale === 'zh' ? answer_zh : undefined) ?? answer;
  return answered(reading, source, {
    text: withNote(verified.sentence(match, reading.result, run.locale, cut.numbers), cut),
    ...seriesOf(series, cut),
    ...(worded ? { template: fillParameters(worded, match.parameters) } : {}),
    interpretation: match.interpretation,
    source: 'verified',
    verified: badgeOf(match, title),
    ...(isAlike ? { measured: { reading: composed.reading, chips: composed.chips() } } : {}),
    chart: withCutMarks(chooseChart(reading.result, match.query.chart, title), cut, reading.result),
    memories: cited(recalled, match.definitions),
    suggestions: suggestions
      .filter(({ queryId }) => queryId !== match.query.id)
      .slice(0, offered)
      .map(({ text }) => ({ text })),
  });
}

/** Whether a question is incomplete without the answer before. */
const needsBefore = (text: string): boolean => leansOnBefore(text) || widens(text) || referencesIn(text) !== undefined;

/** The series of a query with a grain parameter, over its period. */
function seriesIn({ parameters }: ExactMatch): Series | undefined {
  const grain = boundGrain(parameters);
  const [span] = Object.values(parameters).flatMap((one) => (one.type === 'period' ? [one.value] : []));
  return grain && { column: grain, grain, span };
}

/** Runs CPU work only after pending database requests were sent. */
const meanwhile = async <T>(work: () => T): Promise<T> => {
  await new Promise<void>((resolve) => setImmediate(resolve));
  return work();
};

const badgeOf = ({ query, parameters }: ExactMatch, title: string): VerifiedBadge => ({
  id: query.id,
  title,
  parameters: serialiseParameters(parameters),
  ...(query.verified_by ? { verifiedBy: query.verified_by } : {}),
  ...(query.verified_at ? { verifiedAt: query.verified_at } : {}),
});

/** A recalled memory as a definition; empty when it defines nothing. */
export const asDefinition = ({ memory: { id, term, meaning } }: Recalled): readonly Definition[] =>
  term && meaning ? [{ id, term, meaning }] : [];

/** The last answer of the thread, which a follow-up such as "and in Berlin?" refers to. */
export function lastAnswer({ thread }: Pick<Asking, 'thread'>): Answered | undefined {
  const last = thread.findLast(({ outcome }) => outcome.status === 'answered')?.outcome;
  return last?.status === 'answered' ? last : undefined;
}

/** The last answer of the thread, if it used a verified query of this source. */
function previousMatch({ thread, source }: Asking): PreviousMatch | undefined {
  const last = lastAnswer({ thread });
  return last?.verified && last.dataSource === source.name
    ? { queryId: last.verified.id, parameters: last.verified.parameters }
    : undefined;
}
