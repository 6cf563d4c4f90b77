import type { Model } from '../model/model.ts';
import type { Term } from './clauses.ts';
import { withEventDate } from './event-date.ts';
import { type Choice, explore, unreadable } from './explore.ts';
import type { Derivation } from './grammar.ts';
import { groupedBy } from './read-dimensions.ts';
import { readFilters } from './read-filters.ts';
import { readRanking } from './read-ranking.ts';
import { readSpans } from './read-spans.ts';
import { type Dimension, type Filter, isMeasure, type Measure, type Reading } from './reading.ts';
import { clausesOf, type ReadingDraft } from './reading-draft.ts';
import { countsRowsOf, keyOf, measuredDatasets } from './term-keys.ts';

/** Ways of filling one row of clauses that are tried. */
const tried = 24;

const lead =
  /^(?:(?:and|but|only|just|now|then|ok|what about|how about|show|show it|make it|the same|same)\b[\s,]*|那么|那|只看|只要|只|再看|再|换成|改成|那个|和)+/iu;

/** The question begins like one that goes on from the answer before. */
export const continues = (question: string): boolean => lead.test(question.trim());

const leans =
  /^(?:(?:and|but|then|what about|how about|the same|same)\b|那|再看|换成|改成|和)|^(?!.*(?:多少|什么|哪|几|怎么)).*呢[?？。]?$/iu;

/** It says outright that it goes on: without the answer before, it is half a question. */
export const leansOnBefore = (question: string): boolean => leans.test(question.trim());

const narrowing = /^(?:(?:and|but|then|ok|now|show|show it)\b[\s,]*|那么|那)*(?:(?:only|just)\b|只)/iu;

/** "only business customers": what was asked for stays what it is, of fewer rows. */
export const narrows = (question: string): boolean => narrowing.test(question.trim());

const widening =
  /^(?:(?:and|but|then|ok|now|show|show it|what about|how about)\b[\s,]*|那么|那)*(?:(?:in|for|of|across)\s+)?(?:all(?: of)?\b(?!\s+time)|(?:the )?(?:whole|entire)\b|everywhere\b|全(?!部时间)|整个)/iu;

/** "all of Germany" after "in Munich": what is finer than Germany is no longer asked for. */
export const widens = (question: string): boolean => widening.test(question.trim());

/** What is asked for so widely. */
export const withoutWidening = (question: string): string => question.trim().replace(widening, '').trim();

/** It begins with a word that needs something before it. */
export const isFragment = (question: string): boolean =>
  /^(?:in|by|for|from|on|at|with|without|per|since|until|during)\b/iu.test(question.trim());

/** What a follow-up says, without the words that join it to the question before. */
export const withoutLead = (question: string): string => question.trim().replace(lead, '').trim();

/** As `narrows` and `widens` say. */
export type HowChanged = { readonly isNarrowing: boolean; readonly isWidening: boolean };

/** The readings that a row of clauses makes of the reading before: what it names is changed, the rest stays. */
export const changeReading = (
  previous: Reading,
  { clauses }: Derivation,
  { model, today }: Pick<ReadingDraft, 'model' | 'today'>,
  how: HowChanged,
): readonly Choice<Reading>[] =>
  explore((choose) => {
    const datasets = datasetsOf(previous, model);
    const draft = { model, today, clauses, home: { model, datasets, rows: datasets }, choose };
    return withEventDate(draft, changed(previous, draft, how), 0);
  }, tried);

function changed(before: Reading, draft: ReadingDraft, { isNarrowing, isWidening }: HowChanged): Reading {
  const previous = isWidening ? widened(before, draft) : before;
  const measured = withMeasures(previous, draft, isNarrowing);
  const ranked = withRank(regrouped(withFilters(measured, readFilters(draft)), draft), draft);
  const { compare: old, ...shared } = clausesOf(draft, 'share').length > 0 ? asShare(ranked) : ranked;
  const { time, compare } = readSpans(draft, shared.dimensions, previous.time);
  const timed = time ? { ...shared, time } : shared;
  const isAnother = clausesOf(draft, 'period').length > 0;
  return compare ? { ...timed, compare } : old && !isAnother ? { ...timed, compare: old } : timed;
}

/**
 * "business customers" after "orders by channel" may ask for their orders or for how many they are: both are tried, and
 * only the first when it narrows.
 */
function withMeasures(previous: Reading, draft: ReadingDraft, isNarrowing: boolean): Reading {
  const terms = clausesOf(draft, 'show').flatMap((clause) => clause.terms);
  const nouns = terms.map(nounOf);
  const isDescribed = terms.length > 0 && nouns.every((noun) => noun !== undefined && describes(draft, noun));
  if (isNarrowing && !isDescribed && nouns.some((noun) => noun !== undefined)) unreadable();
  const isFilter = isDescribed && (isNarrowing || draft.choose(eitherWay));
  if (isFilter) return previous;
  const shown = terms.map((term) => keyOf(draft, term));
  if (!shown.every(isMeasure)) unreadable();
  return shown.length > 0 ? { ...previous, metrics: shown as Measure[] } : previous;
}

const eitherWay: readonly Choice<boolean>[] = [
  { value: true, cost: 0 },
  { value: false, cost: 0 },
];

/** The dataset that a term does no more than name. */
function nounOf(term: Term): string | undefined {
  if (term.kind === 'entity') return term.dataset.name;
  if (term.kind !== 'metric' || term.isBare !== true) return undefined;
  const [component] = term.metric.components;
  return component !== undefined && countsRowsOf(term.metric, component.dataset) ? component.dataset : undefined;
}

/** "urgent" is said of tickets: "urgent customers" are none. */
const describes = (draft: ReadingDraft, dataset: string): boolean => {
  const said = clausesOf(draft, 'values');
  return said.length > 0 && said.every(({ values }) => values.flat().some(({ field }) => field.dataset === dataset));
};

function datasetsOf(reading: Reading, model: Model): readonly string[] {
  const named = reading.metrics.flatMap((measure) => {
    const one = measure.kind === 'ratio' ? measure.of : measure;
    if (one.kind === 'metric') return (model.metrics.get(one.metric)?.components ?? []).map(({ dataset }) => dataset);
    return one.kind === 'count' ? [one.dataset] : [model.fields.get(one.field)?.dataset ?? ''];
  });
  return [...new Set([...(reading.root ? [reading.root] : []), ...named])];
}

/** Without the places, or kinds, inside of the one that is named; where none is named, nobody knows how wide. */
function widened(reading: Reading, draft: ReadingDraft): Reading {
  const { model } = draft;
  const datasets = readFilters(draft).flatMap((one) =>
    one.kind === 'values' && !one.negated ? [model.fields.get(one.field)?.dataset] : [],
  );
  if (datasets.length === 0) unreadable();
  const isInside = (one: Filter): boolean =>
    one.kind === 'values' && datasets.includes(model.fields.get(one.field)?.dataset);
  return { ...reading, filters: reading.filters.filter((one) => !isInside(one)) };
}

/** A filter on the same field is replaced, another one joins. */
const withFilters = (reading: Reading, filters: readonly Filter[]): Reading => ({
  ...reading,
  filters: [
    ...reading.filters.filter(
      (old) => !filters.some((one) => 'field' in one && 'field' in old && one.field === old.field),
    ),
    ...filters,
  ],
});

function regrouped(reading: Reading, draft: ReadingDraft): Reading {
  const by = clausesOf(draft, 'by').flatMap(({ terms }) => terms.map((term) => keyOf(draft, term)));
  if (by.length === 0) return reading;
  if (by.some(isMeasure) || reading.metrics.length === 0) unreadable();
  const { order: _, limit: __, ...rest } = reading;
  const dimensions = groupedBy(draft.model, [], by as Dimension[], measuredDatasets(draft.model, reading.metrics));
  return { ...rest, dimensions };
}

function withRank(reading: Reading, draft: ReadingDraft): Reading {
  const [top] = clausesOf(draft, 'top');
  const first = top === undefined ? reading : firstOf(reading, top.n, top.descending, top.by);
  const order = clausesOf(draft, 'order').length > 0 ? readRanking(draft) : undefined;
  if (order === undefined) return first;
  return { ...first, order: { by: order.by ?? first.metrics[0] ?? unreadable(), descending: order.descending } };
}

function firstOf(reading: Reading, n: number | undefined, descending: boolean, by: unknown): Reading {
  const [measure] = reading.metrics;
  if (by !== undefined || n === undefined || measure === undefined || reading.dimensions.length === 0)
    return unreadable();
  return { ...reading, order: { by: reading.order?.by ?? measure, descending }, limit: n };
}

const asShare = (reading: Reading): Reading =>
  reading.metrics.length === 1 && reading.dimensions.length > 0 ? { ...reading, share: 'total' } : unreadable();
