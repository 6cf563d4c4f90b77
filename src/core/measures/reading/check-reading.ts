import { grainWords } from '../lexicon/words.ts';
import { eventTime } from '../model/events.ts';
import { referencesOf } from '../model/metric-parts.ts';
import { type Dataset, isDated, type Model } from '../model/model.ts';
import { nearestBase, pathTo, reaches } from '../model/paths.ts';
import { isRole } from '../model/roles.ts';
import type { Term } from './clauses.ts';
import { unreadable } from './explore.ts';
import { covers, datasetOf } from './read-dimensions.ts';
import type { Dimension, Filter, Measure, Reading } from './reading.ts';
import { clausesOf, type ReadingDraft, shownTerms } from './reading-draft.ts';
import { countsRowsOf, measuredDatasets } from './term-keys.ts';

/** What a question says, before it is put together. */
export type Said = {
  readonly metrics: readonly Measure[];
  /** What is shown. */
  readonly targets: readonly Dimension[];
  readonly by: readonly Dimension[];
  readonly where: Filter[];
};

/** Gives up readings whose parts do not go together, though each has a place in the SQL. */
export function checkSaid(draft: ReadingDraft, said: Said): void {
  if (isList(draft, said) || isFirstOfEach(draft, said) || isRatio(draft) || isCountedOnce(draft)) unreadable();
  checkShare(draft);
  if (said.targets.some((target) => target.kind === 'field' && showsRole(draft, target.field, said))) unreadable();
  if (isAverageOfMany(draft, said) || isAgent(draft)) unreadable();
  if (said.metrics.some((metric) => said.where.some((one) => isOneValue(metric, one)))) unreadable();
  if ([...said.by, ...said.where].some((one) => isOtherCalendar(draft, said, one))) unreadable();
  const shown = shownTerms(draft);
  if (shown.length > 1 && shown.some(({ kind }) => kind === 'ratio')) unreadable();
  if (said.metrics.some((metric) => said.where.some((one) => isFixed(draft.model, metric, one)))) unreadable();
  checkAbsent(draft, said);
  checkAggregated(draft, said);
}

const grainNames = new Set(Object.values(grainWords).flatMap(({ names }) => names));

/** "payments by year" are by the year of the payment: the year in which a film came out is the film's. */
function isOtherCalendar({ model }: ReadingDraft, { metrics, targets }: Said, one: Dimension | Filter): boolean {
  if (one.kind !== 'field' && one.kind !== 'values' && one.kind !== 'compare') return false;
  const field = model.fields.get(one.field);
  if (field === undefined || !field.phrases.some((phrase) => grainNames.has(phrase))) return false;
  const own = [...measuredDatasets(model, metrics), ...targets.flatMap((target) => datasetOf(model, target) ?? [])];
  const dated = own.flatMap((name) => model.datasets.get(name) ?? []).filter(isDated);
  return dated.length > 0 && !own.includes(field.dataset);
}

/** In building NEB there is one building: something else was to be counted. */
const isOneValue = (measure: Measure, filter: Filter): boolean =>
  measure.kind === 'distinct' && filter.kind === 'values' && !filter.negated && filter.field === measure.field;

/** "who has Ann as boss" asks for others than for Ann's own boss, and a key tells nobody who that is. */
function showsRole({ model }: ReadingDraft, id: string, { where }: Said): boolean {
  const field = model.fields.get(id);
  return field !== undefined && isRole(model, field) && where.length > 0;
}

/** "cancelled orders" have their status already: none of them is delivered. */
function isFixed(model: Model, measure: Measure, filter: Filter): boolean {
  if (measure.kind !== 'metric' || filter.kind !== 'values') return false;
  const field = model.fields.get(filter.field);
  return (model.metrics.get(measure.metric)?.components ?? []).some(
    ({ sql }) =>
      /\b(?:filter|case)\b/i.test(sql) &&
      referencesOf(sql).some(([dataset, name]) => dataset === field?.dataset && name === field.name),
  );
}

/** "the best product in each category" ranks within each, which no SQL here does. */
const isFirstOfEach = (draft: ReadingDraft, { targets, by }: Said): boolean =>
  (clausesOf(draft, 'extreme').length > 0 && clausesOf(draft, 'by').length > 0) ||
  (clausesOf(draft, 'top').length > 0 &&
    targets.length > 0 &&
    by.some((one) => !targets.some((target) => covers(draft.model, one, target) || covers(draft.model, target, one))));

/** "revenue per customer by country" is a ratio for each country, which no SQL here is, and no list of customers. */
function isRatio(draft: ReadingDraft): boolean {
  const groups = clausesOf(draft, 'by').filter(({ terms }) => terms.length > 0);
  const [rows] = groups.flatMap(({ terms }) => terms.flatMap((term) => (term.kind === 'entity' ? [term.dataset] : [])));
  if (groups.length < 2 || rows === undefined) return false;
  const others = groups.flatMap(({ terms }) => terms.filter((term) => term.kind === 'field' || term.kind === 'entity'));
  return others.some((term) =>
    term.kind === 'entity'
      ? term.dataset !== rows
      : term.fields.some(({ dataset }) => dataset === rows.name || reaches(draft.model, rows.name, dataset)),
  );
}

/** The dataset whose rows a term stands for: by its name, or by the column of another one that points to it. */
function rowsOf(model: Model, term: Term): Dataset | undefined {
  if (term.kind === 'entity') return term.dataset;
  const field = term.kind === 'field' ? term.fields[0] : undefined;
  const join = model.relationships.find(
    ({ from, fromColumns }) => field?.isKey && from === field.dataset && fromColumns.includes(field.name),
  );
  return join && model.datasets.get(join.to);
}

/** "returned by customers in Munich": who did it is no group. */
const isAgent = ({ clauses, model }: ReadingDraft): boolean =>
  clausesOf({ clauses }, 'by').some(
    ({ terms, isDone }) => isDone && terms.map((term) => rowsOf(model, term)).some((rows) => rows && isDated(rows)),
  );

/** "orders per customer": of things that are too many to be listed, an average is asked for. */
const isAverageOfMany = ({ clauses, model }: ReadingDraft, { metrics }: Said): boolean =>
  metrics.length === 1 &&
  clausesOf({ clauses }, 'by').some(
    ({ terms, isPer }) =>
      isPer && terms.map((term) => rowsOf(model, term)).some((rows) => rows && isDated(rows) && isMany(model, rows)),
  );

const isMany = (model: Model, { label }: Dataset): boolean =>
  label === undefined || (model.fields.get(label.id)?.values.length ?? 0) === 0;

/** "unique buyers in May" are the ones of some events in May, of which none is named: a row is unique by itself. */
const isCountedOnce = (draft: ReadingDraft): boolean =>
  clausesOf(draft, 'period').length > 0 &&
  clausesOf(draft, 'show').some(({ distinct, terms }) => distinct && terms.every(({ kind }) => kind === 'entity'));

/** "customers by category this year": who came this year, or who bought this year? */
export function checkDated(
  draft: ReadingDraft,
  { metrics, by }: { readonly metrics: readonly Measure[]; readonly by: readonly Dimension[] },
): void {
  const { model } = draft;
  if (!clausesOf(draft, 'period').some(({ field }) => field === undefined)) return;
  const timeOf = (dataset: string): string | undefined => eventTime(model, dataset)?.name;
  // The lines of an order have its day, under the same name.
  const haveOtherTimes = (a: string, b: string): boolean =>
    timeOf(a) !== undefined && timeOf(b) !== undefined && timeOf(a) !== timeOf(b);
  const counted = measuredDatasets(
    model,
    metrics.filter((one) => isCount(model, one)),
  );
  const groups = by.flatMap((one) => datasetOf(model, one) ?? []);
  for (const dataset of counted)
    for (const group of groups)
      if (rowsBetween(model, dataset, group).some((between) => haveOtherTimes(between, dataset))) unreadable();
}

/** The datasets whose rows lie between counted rows and what they are grouped by. */
function rowsBetween(model: Model, dataset: string, group: string): readonly string[] {
  const base = nearestBase(model, dataset, [group]);
  return base === undefined ? [] : (pathTo(model, base, dataset) ?? []).map(({ from }) => from);
}

const isCount = (model: Model, one: Measure): boolean =>
  one.kind === 'count' ||
  (one.kind === 'metric' && model.metrics.get(one.metric)?.components.some(({ countsRows }) => countsRows) === true);

/**
 * What a share is of has to be plain. "share of revenue by category for Germany" is of all that Germany bought, "Germany's
 * share of revenue by month" is not; "share of kitchen revenue from Germany" may be of either.
 */
function checkShare({ clauses }: ReadingDraft): void {
  const share = clauses.findIndex(({ kind }) => kind === 'share');
  if (share === -1) return;
  const by = clauses.findIndex(({ kind }) => kind === 'by');
  const filters = clauses.flatMap(({ kind }, at) => (kind === 'values' ? [at] : []));
  if (by === -1 ? filters.length > 1 : by > share && filters.some((at) => at < by)) unreadable();
}

/** "products without refunds" are products, not their number. */
function isList(draft: ReadingDraft, { metrics, targets, by, where }: Said): boolean {
  const [term] = shownTerms(draft);
  if (metrics.length !== 1 || targets.length + by.length > 0 || term?.kind !== 'metric' || !term.isBare) return false;
  if (!where.some(({ kind }) => kind === 'compare' || kind === 'like' || kind === 'exists')) return false;
  return [...draft.model.datasets.values()].some(
    ({ name, label }) => countsRowsOf(term.metric, name) && label?.type === 'text',
  );
}

/** Each row of a dataset holds one row of it: "channels with more than two channels" means something else. */
export function checkCounted(model: Model, measure: Measure, dimensions: readonly Dimension[]): void {
  if (measure.kind === 'ratio') {
    const { of, per } = measure;
    if ('dataset' in per && dimensions.some((one) => isItself(model, one, per.dataset))) unreadable();
    checkCounted(model, of, dimensions);
    return;
  }
  if (measure.kind === 'distinct') {
    const dataset = model.fields.get(measure.field)?.dataset ?? '';
    const isOne = (one: Dimension): boolean =>
      one.kind === 'field' && one.field === measure.field ? true : isItself(model, one, dataset);
    if (dimensions.some(isOne)) unreadable();
  }
  const counted =
    measure.kind === 'count'
      ? measure.dataset
      : measure.kind === 'metric'
        ? model.metrics.get(measure.metric)?.components.find(({ countsRows }) => countsRows)?.dataset
        : undefined;
  if (counted !== undefined && dimensions.some((one) => isItself(model, one, counted))) unreadable();
}

function isItself(model: Model, one: Dimension, dataset: string): boolean {
  if (one.kind !== 'field') return one.kind === 'entity' && one.dataset === dataset;
  const { key = [], label } = model.datasets.get(dataset) ?? {};
  return one.field === label?.id || key.some((column) => one.field === `${dataset}.${column}`);
}

/** What "no cartoon" is said of cannot be described further outside of it. */
function checkAbsent(draft: ReadingDraft, { targets, where }: Said): void {
  const { model } = draft;
  if (absentTwice(where)) unreadable();
  const absent = where.flatMap((one) => (one.kind === 'exists' && one.negated ? [one.dataset] : []));
  const isAbsent = absent.length > 0 || where.some((one) => isValueAbsent(draft, one));
  if (where.some((one) => 'field' in one && absent.includes(model.fields.get(one.field)?.dataset ?? ''))) unreadable();
  // "countries that play no cartoon" are not the countries of the channels that play none.
  const isOfRows =
    shownTerms(draft).some((term) => term.kind !== 'field' || term.of !== undefined) ||
    targets.some((target) => isName(model, target));
  if (targets.length > 0 && !isOfRows && isAbsent) unreadable();
}

/** "not written by Ann" of what has several writers. */
function isValueAbsent({ model, home }: ReadingDraft, one: Filter): boolean {
  if (one.kind !== 'values' || !one.negated) return false;
  const dataset = model.fields.get(one.field)?.dataset ?? '';
  return home.rows.length > 0 && !home.rows.some((row) => reaches(model, row, dataset));
}

const absentTwice = (where: readonly Filter[]): boolean => {
  const existing = where.flatMap((one) => (one.kind === 'exists' ? [one] : []));
  return existing.some((one, i) =>
    existing.some((other, j) => j !== i && other.dataset === one.dataset && (one.negated || other.negated)),
  );
};

function isName(model: Model, one: Dimension): boolean {
  const field = one.kind === 'field' ? model.fields.get(one.field) : undefined;
  const dataset = field && model.datasets.get(field.dataset);
  return (
    field === undefined || field.isKey || dataset?.label?.id === field.id || dataset?.key.includes(field.name) === true
  );
}

/** Beside an average there is place for what it is grouped by, and "by" has to say so. */
function checkAggregated(draft: ReadingDraft, { metrics, targets, by }: Said): void {
  const { model } = draft;
  const isOpen = clausesOf(draft, 'by').some(({ terms }) => terms.length === 0);
  if (isOpen && targets.length === 0) unreadable();
  if (isOpen || !metrics.some(({ kind }) => kind === 'aggregate')) return;
  const isGrouped = (target: Dimension): boolean =>
    by.some((one) => covers(model, one, target) || covers(model, target, one)) || isAbove(model, target, metrics);
  if (!targets.every(isGrouped)) unreadable();
}

/** "singers and the total sales of their songs": by singer, what else. */
function isAbove(model: Model, target: Dimension, metrics: readonly Measure[]): boolean {
  const dataset = datasetOf(model, target);
  const isRow =
    target.kind === 'entity' ||
    (target.kind === 'field' && target.field === model.datasets.get(dataset ?? '')?.label?.id);
  return isRow && dataset !== undefined && metrics.every((metric) => isBelow(model, metric, dataset));
}

function isBelow(model: Model, metric: Measure, dataset: string): boolean {
  const of = metric.kind === 'aggregate' ? model.fields.get(metric.field)?.dataset : undefined;
  return of !== undefined && of !== dataset && reaches(model, of, dataset);
}

/** Conditions on groups and an order need something that is grouped. */
export function checkGrouped({ dimensions, filters, order }: Reading): void {
  const isNeeded = order !== undefined || filters.some(({ kind }) => kind === 'having');
  if (dimensions.length === 0 && isNeeded) unreadable();
}
