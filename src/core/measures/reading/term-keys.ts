import { type Field, isNumeric, type Metric, type Model } from '../model/model.ts';
import type { Term } from './clauses.ts';
import { unreadable } from './explore.ts';
import { isMeasure, type Key, type Measure } from './reading.ts';
import { chosenField, type ReadingDraft } from './reading-draft.ts';

/** What a term of a question is in a reading. */
export function keyOf(draft: ReadingDraft, term: Term): Key {
  switch (term.kind) {
    case 'metric':
      return { kind: 'metric', metric: term.metric.name };
    case 'count':
      return term.of.kind === 'entity'
        ? countOf(draft.model, term.of.dataset.name)
        : distinctOf(chosenField(draft, term.of));
    case 'aggregate':
      return aggregateOf(draft, term);
    case 'field':
      return { kind: 'field', field: chosenField(draft, term).id };
    case 'entity':
      return { kind: 'entity', dataset: term.dataset.name };
    case 'grain':
      return { kind: 'grain', grain: term.grain };
  }
}

const distinctOf = (field: Field): Measure =>
  isCountable(field) ? { kind: 'distinct', field: field.id } : unreadable();

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
  measures.flatMap((measure) =>
    measure.kind === 'metric'
      ? (model.metrics.get(measure.metric)?.components ?? []).map(({ dataset }) => dataset)
      : measure.kind === 'count'
        ? [measure.dataset]
        : [model.fields.get(measure.field)?.dataset ?? ''],
  );

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
  if (field?.type === 'text')
    return isCountable(field) && isMany ? { kind: 'distinct', field: field.id } : unreadable();
  return key.kind === 'entity' ? countOf(draft.model, key.dataset) : key.kind === 'grain' ? unreadable() : key;
}
