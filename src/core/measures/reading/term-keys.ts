import { type Dataset, type Field, isDated, isFlag, isNumeric, type Metric, type Model } from '../model/model.ts';
import type { Term } from './clauses.ts';
import { unreadable } from './explore.ts';
import { isMeasure, type Key, type Measure, type PlainMeasure } from './reading.ts';
import { chosenField, type ReadingDraft } from './reading-draft.ts';

/** What a term of a question is in a reading. */
export function keyOf(draft: ReadingDraft, term: Term): Key {
  switch (term.kind) {
    case 'metric':
      return { kind: 'metric', metric: term.metric.name };
    case 'count':
      return countedKey(draft, term);
    case 'aggregate':
      return aggregateOf(draft, term);
    case 'ratio':
      return ratioOf(draft, term);
    case 'field':
      return { kind: 'field', field: chosenField(draft, term).id };
    case 'entity':
      return { kind: 'entity', dataset: term.dataset.name };
    case 'grain':
      return { kind: 'grain', grain: term.grain };
  }
}

function countedKey(draft: ReadingDraft, { of, isDistinct, ofRows }: Extract<Term, { kind: 'count' }>): Measure {
  if (of.kind === 'entity') return countOf(draft.model, of.dataset.name);
  const field = chosenField(draft, of);
  if (ofRows) return countOf(draft.model, field.dataset);
  if (field.isKey && !isDistinct) return rowsOfKey(draft.model, field);
  return isDistinct || namesThings(field) ? distinctOf(field) : unreadable();
}

const distinctOf = (field: Field): Measure =>
  isCountable(field) ? { kind: 'distinct', field: field.id } : unreadable();

/** "how many countries" counts what a text names; of figures, keys and flags the different values are no number of things. */
const namesThings = (field: Field): boolean => field.type === 'text' && !field.isKey && !isFlag(field);

/** A metric that counts things. What counts the rows of a dataset and no more stands for these rows. */
const counts = ({ formula, components: [only] }: Metric): boolean =>
  formula === '{0}' && /^count\b/i.test(only?.sql ?? '');

function ratioOf(draft: ReadingDraft, { of: total, per, saysAverage }: Extract<Term, { kind: 'ratio' }>): Measure {
  const { model } = draft;
  const of = keyOf(draft, total);
  if (!isMeasure(of) || of.kind === 'ratio') return unreadable();
  if (per.kind === 'entity') return perRow(model, of, per.dataset, saysAverage);
  const rows = [...model.datasets.values()].find(({ name }) => countsRowsOf(per.metric, name));
  if (rows !== undefined) return perRow(model, of, rows, saysAverage);
  return counts(per.metric) && addsUp(model, of)
    ? { kind: 'ratio', of, per: { metric: per.metric.name } }
    : unreadable();
}

/** Where nobody said "average", people ask for a list of few things that have no date, and for the average of many. */
function perRow(model: Model, of: PlainMeasure, dataset: Dataset, saysAverage: boolean): Measure {
  const { name } = dataset;
  if (!saysAverage && !isDated(dataset)) return unreadable();
  const own = measuredDatasets(model, [of]);
  const isAverage = (model.metrics.get(of.kind === 'metric' ? of.metric : '')?.components ?? []).some(({ sql }) =>
    /^avg\b/i.test(sql),
  );
  // "average discount per order" is what the team calls the average discount of the orders.
  if (isAverage && own.every((dataset) => dataset === name)) return of;
  const countsItself =
    of.kind === 'count' || (of.kind === 'metric' && own.includes(name) && counts(metricOf(model, of)));
  return countsItself && own.includes(name)
    ? unreadable()
    : addsUp(model, of)
      ? { kind: 'ratio', of, per: { dataset: name } }
      : unreadable();
}

const metricOf = (model: Model, { metric }: Extract<PlainMeasure, { kind: 'metric' }>): Metric =>
  model.metrics.get(metric) ?? unreadable();

/** The whole of it can be shared out: totals and numbers, no averages and rates. */
const addsUp = (model: Model, of: PlainMeasure): boolean =>
  of.kind === 'aggregate'
    ? of.fn === 'sum'
    : of.kind !== 'metric' ||
      (metricOf(model, of).components.every(({ additive, sql }) => additive || /^count\b/i.test(sql)) &&
        /^[\s{}\d+()-]+$/.test(metricOf(model, of).formula));

/** What the team defined comes first, e.g. its average price. */
function aggregateOf(draft: ReadingDraft, term: Extract<Term, { kind: 'aggregate' }>): Measure {
  const field = chosenField(draft, term.field, true);
  const adds = term.fn === 'sum' || term.fn === 'avg';
  if (field.isKey || (adds ? !isNumeric(field) : !isNumeric(field) && !field.isTime)) unreadable();
  const sql = `${term.fn}(${field.id})`;
  const defined = [...draft.model.metrics.values()].find(
    ({ formula, components: [only] }) => formula === '{0}' && only?.sql.toLowerCase() === sql.toLowerCase(),
  );
  return defined ? { kind: 'metric', metric: defined.name } : { kind: 'aggregate', fn: term.fn, field: field.id };
}

/** The metric does nothing but count the rows of the dataset. */
export const countsRowsOf = ({ formula, components: [component], hidden }: Metric, dataset: string): boolean =>
  !hidden && formula === '{0}' && component?.countsRows === true && component.dataset === dataset;

/** Counting rows is what a metric may already do under the same name. */
export function countOf(model: Model, dataset: string): Measure {
  const metric = [...model.metrics.values()].find((one) => countsRowsOf(one, dataset));
  return metric ? { kind: 'metric', metric: metric.name } : { kind: 'count', dataset };
}

/** The datasets whose rows measures are about. */
export const measuredDatasets = (model: Model, measures: readonly Measure[]): readonly string[] =>
  measures.flatMap((one) => {
    const measure = one.kind === 'ratio' ? one.of : one;
    return measure.kind === 'metric'
      ? (model.metrics.get(measure.metric)?.components ?? []).map(({ dataset }) => dataset)
      : measure.kind === 'count'
        ? [measure.dataset]
        : [model.fields.get(measure.field)?.dataset ?? ''];
  });

/** "has the most orders": the entity counts. */
export function measureOf(draft: ReadingDraft, term: Term): Measure {
  const key = keyOf(draft, term);
  if (isMeasure(key)) return key;
  return key.kind === 'entity' ? countOf(draft.model, key.dataset) : unreadable();
}

/** Numbers kept as text are compared, not counted. */
export const isCountable = ({ values }: Field): boolean =>
  values.filter((value) => /^\d+(?:\.\d+)?$/.test(value)).length <= values.length / 2;

/** What is ranked by; `isMany` when it is "the most" or "the fewest". "speaks the most languages": values are counted. */
export function rankKey(draft: ReadingDraft, term: Term, isMany = true): Key {
  const key = keyOf(draft, term);
  const field = key.kind === 'field' ? draft.model.fields.get(key.field) : undefined;
  if (field?.isKey) return isMany ? rowsOfKey(draft.model, field) : unreadable();
  if (field?.type === 'text')
    return isCountable(field) && isMany ? { kind: 'distinct', field: field.id } : unreadable();
  if (key.kind === 'entity') return isMany ? countOf(draft.model, key.dataset) : unreadable();
  return key.kind === 'grain' ? unreadable() : key;
}

/** "shared by most counties" counts them: a key is no size. */
const rowsOfKey = (model: Model, { dataset, name }: Field): Measure =>
  model.datasets.get(dataset)?.key.join() === name ? countOf(model, dataset) : unreadable();
