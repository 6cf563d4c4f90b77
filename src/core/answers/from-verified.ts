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
import { composedFrom, isNamedAlike } from './measured-alike.ts';
import type { Answered, Clarify, Suggestion, VerifiedBadge } from './outcome.ts';
import { type ReadLimits, read } from './read.ts';
import type { Run } from './run.ts';
import type { Source } from './source.ts';

export type Asking = {
  readonly question: Question;
  readonly thread: readonly AnswerRecord[];
  readonly recalled: readonly Recalled[];
  readonly source: Source;
  /** Verified queries that were saved for this place, beside the source's own. */
  readonly saved: readonly VerifiedQuery[];
  readonly limits: ReadLimits;
  /** What the question means, as a vector; undefined without a local model. */
  readonly meaning: Float32Array | undefined;
};

/** Follow-ups offered below an answer. */
const offered = 3;

/** No vouched-for query means the same. */
export type Unmatched = {
  readonly status: 'unmatched';
  /** Questions to ask instead, the near ones first. */
  suggestions(): readonly Suggestion[];
};

/** The vouched-for query that means the same, run; or those to choose from; or neither. Errors: as `read`. */
export async function answerFromVerified(asking: Asking, run: Run): Promise<Answered | Clarify | Unmatched> {
  const { question, recalled, saved, source } = asking;
  const verified = await source.verified(run.signal, saved);
  const match = verified.match(question.text, {
    locale: run.locale,
    // A click asks a suggestion as it stands; a defined word in it has been read already.
    definitions: question.origin === 'click' ? [] : recalled.flatMap(asDefinition),
    previous: previousMatch(asking),
    leans: question.origin !== 'click' && lastAnswer(asking) !== undefined && needsBefore(question.text),
    meaning: asking.meaning,
    chosen: question.origin === 'click',
  });
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

/** Without the answer before, it says half of what is meant. */
const needsBefore = (text: string): boolean => leansOnBefore(text) || widens(text) || referencesIn(text) !== undefined;

/** A query that lets people choose a grain gives a series over the period that it was asked for. */
function seriesIn({ parameters }: ExactMatch): Series | undefined {
  const grain = boundGrain(parameters);
  const [span] = Object.values(parameters).flatMap((one) => (one.type === 'period' ? [one.value] : []));
  return grain && { column: grain, grain, span };
}

/** Worked out once what was begun before it waits for the database. */
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

export const asDefinition = ({ memory: { id, term, meaning } }: Recalled): readonly Definition[] =>
  term && meaning ? [{ id, term, meaning }] : [];

/** What "and in Berlin?" refers to. */
export function lastAnswer({ thread }: Pick<Asking, 'thread'>): Answered | undefined {
  const last = thread.findLast(({ outcome }) => outcome.status === 'answered')?.outcome;
  return last?.status === 'answered' ? last : undefined;
}

/** The last answer of the thread, if it was a verified one on this source. */
function previousMatch({ thread, source }: Asking): PreviousMatch | undefined {
  const last = lastAnswer({ thread });
  return last?.verified && last.dataSource === source.name
    ? { queryId: last.verified.id, parameters: last.verified.parameters }
    : undefined;
}
