import { createAssembly } from './assemble.ts';
import { type Choice, explore, unreadable } from './explore.ts';
import type { Derivation } from './grammar.ts';
import type { Model } from './model.ts';
import { type Dimension, type Filter, isMeasure, type Measure, type Reading } from './reading.ts';
import type { Home } from './resolve-terms.ts';

const lead =
  /^(?:(?:and|but|only|just|now|then|ok|what about|how about|show|show it|make it|the same|same)\b[\s,]*|那么|那|只看|只要|只|再看|再|换成|改成|那个|和)+/iu;

/** The question begins like one that goes on from the answer before. */
export const continues = (question: string): boolean => lead.test(question.trim());

/** What a follow-up says, without the words that join it to the question before. */
export const withoutLead = (question: string): string => question.trim().replace(lead, '').trim();

/** The readings that a row of clauses makes of the reading before: what it names is changed, the rest stays. */
export function changeReading(
  previous: Reading,
  { clauses, asksForSeveral: _ }: Derivation,
  model: Model,
): readonly Choice<Reading>[] {
  return explore((choose) => {
    const datasets = datasetsOf(previous, model);
    const home: Home = { model, datasets, rows: datasets };
    const assembly = createAssembly(model, clauses, home, choose);
    const by = clauses.flatMap((clause) => (clause.kind === 'by' ? clause.terms.map(assembly.keyOf) : []));
    const shown = clauses.flatMap((clause) => (clause.kind === 'show' ? clause.terms.map(assembly.keyOf) : []));
    if (!shown.every(isMeasure) || by.some(isMeasure)) unreadable();
    const time = assembly.time();
    const top = clauses.find((clause) => clause.kind === 'top');
    const order = clauses.some(({ kind }) => kind === 'order') ? assembly.ranking() : undefined;
    const changed = withFilters(
      {
        ...previous,
        ...(shown.length > 0 ? { metrics: shown as Measure[] } : {}),
        ...(time ? { time: { ...previous.time, ...time } } : {}),
      },
      assembly.filters(),
    );
    const grouped = by.length > 0 ? regrouped(changed, by as Dimension[]) : changed;
    const ranked = top === undefined ? grouped : firstOf(grouped, top.n, top.descending, top.by);
    const ordered =
      order === undefined
        ? ranked
        : { ...ranked, order: { by: order.by ?? ranked.metrics[0] ?? unreadable(), descending: order.descending } };
    const shared = clauses.some(({ kind }) => kind === 'share') ? asShare(ordered) : ordered;
    const compare = assembly.compareWith(shared.time?.span);
    const { compare: old, ...rest } = shared;
    return compare ? { ...rest, compare } : old && !time ? shared : rest;
  }, 24);
}

function datasetsOf(reading: Reading, model: Model): readonly string[] {
  const named = reading.metrics.flatMap((one) => {
    if (one.kind === 'metric') return (model.metrics.get(one.metric)?.components ?? []).map(({ dataset }) => dataset);
    return one.kind === 'count' ? [one.dataset] : [model.fields.get(one.field)?.dataset ?? ''];
  });
  return [...new Set([...(reading.root ? [reading.root] : []), ...named])];
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

function regrouped({ order: _, limit: __, ...reading }: Reading, dimensions: readonly Dimension[]): Reading {
  return reading.metrics.length === 0 ? unreadable() : { ...reading, dimensions: [...dimensions] };
}

function firstOf(reading: Reading, n: number | undefined, descending: boolean, by: unknown): Reading {
  const [measure] = reading.metrics;
  if (by !== undefined || n === undefined || measure === undefined || reading.dimensions.length === 0)
    return unreadable();
  return { ...reading, order: { by: reading.order?.by ?? measure, descending }, limit: n };
}

const asShare = (reading: Reading): Reading =>
  reading.metrics.length === 1 && reading.dimensions.length > 0 ? { ...reading, share: 'total' } : unreadable();
