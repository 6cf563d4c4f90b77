import { asYears, measuredOverTime } from './calendar-columns.ts';
import { checkCounted, checkDated, checkGrouped, checkSaid, type Said } from './check-reading.ts';
import { withEventDate } from './event-date.ts';
import { type Choice, explore, unreadable } from './explore.ts';
import type { Derivation } from './grammar.ts';
import { withPeriodInPlace } from './period-of-rows.ts';
import { datasetOf, groupedBy, listedOf, rootOf, unique } from './read-dimensions.ts';
import { readFilters } from './read-filters.ts';
import { limitOf, orderOf, readRanking } from './read-ranking.ts';
import { readSpans } from './read-spans.ts';
import { type Dimension, type Filter, isMeasure, type Key, type Measure, type Reading, sameKey } from './reading.ts';
import { clausesOf, type Of, type ReadingDraft, shownTerms, single } from './reading-draft.ts';
import { homeOf } from './resolve-terms.ts';
import { countOf, keyOf, measuredDatasets } from './term-keys.ts';

/** Ways of filling one row of clauses that are tried. */
const tried = 48;

/** Costs of what the words do not say outright. */
const implied = { count: 0.3 };

/** All readings of one row of clauses, each with what it costs beyond the words. */
export const buildReadings = (
  { model, today }: Pick<ReadingDraft, 'model' | 'today'>,
  { clauses, asksForSeveral }: Derivation,
): readonly Choice<Reading>[] =>
  explore((choose) => {
    const draft = { model, today, clauses, home: homeOf(model, clauses), choose };
    return withEventDate(draft, withPeriodInPlace(draft, asYears(draft, readingOf(draft, asksForSeveral))));
  }, tried);

function readingOf(draft: ReadingDraft, asksForSeveral: boolean): Reading {
  const { model } = draft;
  const said = readSaid(draft);
  const { targets, by, where } = said;
  const ranked = readRanking(draft);
  const counted = said.metrics.length > 0 ? undefined : impliedCount(draft, said);
  checkSaid(draft, said);
  const order = orderOf(draft, ranked, counted ?? said.metrics[0], targets);
  const rankedBy = order && isMeasure(order.by) ? [order.by] : [];
  const havings = where.flatMap((one) => (one.kind === 'having' ? [one.measure] : []));
  for (const measure of [...said.metrics, ...havings, ...rankedBy]) checkCounted(model, measure, [...targets, ...by]);
  const metrics = unique([...said.metrics, ...(counted ? [counted] : []), ...rankedBy]);
  checkDated(draft, { metrics, by });
  const isAggregated = metrics.length > 0 || havings.length > 0;
  const isCountOfTarget = counted !== undefined && by.length > 0 && targets[0]?.kind === 'entity';
  const dimensions = isAggregated
    ? groupedBy(model, isCountOfTarget ? [] : targets, by, measuredDatasets(model, [...metrics, ...havings]))
    : listedOf(draft, targets, by);
  const { time, compare } = readSpans(draft, dimensions);
  const limit = limitOf(ranked, targets, asksForSeveral);
  const extreme = isAggregated ? undefined : extremeOf(dimensions, order, limit);
  if (extreme) return compact({ metrics: [extreme], dimensions: [], filters: where, time });
  const reading = compact({
    root: metrics.length > 0 ? undefined : rootOf(draft, dimensions),
    metrics,
    dimensions,
    filters: where,
    time,
    order,
    limit,
    share: single(draft, 'share') && shareOf(metrics, dimensions, where),
    compare,
    distinct: !isAggregated && clausesOf(draft, 'show').some(({ distinct }) => distinct) ? true : undefined,
  });
  if (isAggregated) checkGrouped(reading);
  return reading;
}

/** What the question shows, groups by and filters. */
function readSaid(draft: ReadingDraft): Said {
  if (clausesOf(draft, 'show').some(({ restarts }, i) => i > 0 && !restarts)) unreadable();
  const keys = shownTerms(draft).map((term) => keyOf(draft, term));
  const terms = clausesOf(draft, 'by').flatMap((clause) => clause.terms);
  const where = readFilters(draft);
  const by = unique([...terms.map((term) => keyOf(draft, term)), ...comparedFields(draft, where, keys)]).filter(
    (key): key is Dimension => !isMeasure(key) || unreadable(),
  );
  const overTime = measuredOverTime(draft, keys, by);
  if (overTime !== undefined) return { metrics: unique(overTime), targets: [], by, where };
  return {
    metrics: unique(keys.filter(isMeasure)),
    targets: unique(keys.filter((key): key is Dimension => !isMeasure(key))),
    by,
    where,
  };
}

/** "web vs app orders": by channel, for these two. */
function comparedFields(draft: ReadingDraft, where: readonly Filter[], shown: readonly Key[]): readonly Dimension[] {
  const compared = comparedValues(draft, shown);
  if (compared === undefined) return [];
  const [filter, ...others] = where.flatMap((one) => (one.kind === 'values' && one.values.length > 1 ? [one] : []));
  if (filter === undefined || others.length > 0 || compared.negated) return unreadable();
  return [{ kind: 'field', field: filter.field }];
}

/** The values that stand side by side. "compare revenue and orders by month" and "compare May and June" name none. */
function comparedValues(draft: ReadingDraft, shown: readonly Key[]): Of<'values'> | undefined {
  const several = clausesOf(draft, 'values').filter(({ values }) => values.length > 1);
  const [compared, ...more] = several.filter(({ isApart }) => isApart);
  if (more.length > 0) unreadable();
  if (compared !== undefined || clausesOf(draft, 'apart').length === 0) return compared;
  const isSaid = shown.length > 1 || clausesOf(draft, 'by').length > 0 || clausesOf(draft, 'period').length > 1;
  return several.length === 1 || (several.length === 0 && isSaid) ? several[0] : unreadable();
}

/** "customers by country": the rows are counted. "the most common city": so are they. */
function impliedCount(draft: ReadingDraft, { targets, by }: Said): Measure | undefined {
  const [target] = targets;
  if (clausesOf(draft, 'top').some((one) => one.by?.kind === 'rows')) {
    if (targets.length !== 1 || target?.kind !== 'field') return unreadable();
    return countOf(draft.model, datasetOf(draft.model, target) ?? unreadable());
  }
  if (by.length === 0 || targets.length !== 1 || target?.kind !== 'entity') return undefined;
  if (by.some((one) => sameKey(one, target))) return undefined;
  draft.choose([{ value: undefined, cost: implied.count }]);
  return countOf(draft.model, target.dataset);
}

/** "the age of the oldest dog" is the highest age, however many dogs share it. */
function extremeOf(
  [only, ...more]: readonly Dimension[],
  order: Reading['order'],
  limit: number | undefined,
): Measure | undefined {
  if (only?.kind !== 'field' || more.length > 0 || order === undefined || limit !== 1) return undefined;
  if (!sameKey(only, order.by)) return undefined;
  return { kind: 'aggregate', fn: order.descending ? 'max' : 'min', field: only.field };
}

function shareOf(
  metrics: readonly Measure[],
  dimensions: readonly Dimension[],
  where: readonly Filter[],
): Reading['share'] {
  if (metrics.length !== 1 || metrics[0]?.kind === 'ratio') unreadable();
  if (dimensions.length > 0) return 'total';
  return where.some(({ kind }) => kind === 'values') ? 'part' : unreadable();
}

const compact = (reading: { [K in keyof Reading]?: Reading[K] | undefined }): Reading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)) as unknown as Reading;
