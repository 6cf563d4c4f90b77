import type { Field, Model } from '../model/model.ts';
import { unreadable } from './explore.ts';
import { type Dimension, type Key, sameKey } from './reading.ts';
import { clausesOf, type ReadingDraft, shownTerms } from './reading-draft.ts';

export const unique = <K extends Key>(keys: readonly K[]): K[] =>
  keys.filter((key, i) => keys.findIndex((other) => sameKey(key, other)) === i);

export const datasetOf = (model: Model, one: Dimension): string | undefined =>
  one.kind === 'field' ? model.fields.get(one.field)?.dataset : one.kind === 'entity' ? one.dataset : undefined;

/** The dimension is shown where the target is, or stands for it. */
export const covers = (model: Model, one: Dimension, target: Dimension): boolean =>
  sameKey(one, target) ||
  (one.kind === 'entity' && target.kind === 'field' && datasetOf(model, target) === one.dataset);

/** What measures are grouped by. An entity shows the fields that were asked for instead of its label. */
export function groupedBy(
  model: Model,
  targets: readonly Dimension[],
  by: readonly Dimension[],
  measured: readonly string[],
): Dimension[] {
  const asRows = (one: Dimension): Dimension => rowOf(model, one, measured) ?? one;
  const groups = unique(by.map(asRows));
  const all = unique([...targets.map(asRows), ...groups]);
  const isShownBy = (one: Dimension, other: Dimension): boolean => other !== one && covers(model, other, one);
  return all
    .filter((one) => groups.includes(one) || !all.some((other) => isShownBy(one, other)))
    .map((one) => {
      if (one.kind !== 'entity') return one;
      const fields = [...targets, ...by].flatMap((target) =>
        target.kind === 'field' && covers(model, one, target) && !groups.includes(target) ? [target.field] : [],
      );
      return fields.length === 0 ? one : { ...one, fields: [...new Set(fields)] };
    });
}

/** What belongs to rows is counted by their key: two rows may share a name. */
function rowOf(model: Model, one: Dimension, measured: readonly string[]): Dimension | undefined {
  const field = one.kind === 'field' ? model.fields.get(one.field) : undefined;
  const dataset = field && model.datasets.get(field.dataset);
  if (field === undefined || dataset === undefined || dataset.hidden || dataset.key.length === 0) return undefined;
  if (measured.includes(dataset.name)) return undefined;
  // A part of a key, as the agent in the key of agents and roles, is no row.
  const isName = dataset.label?.id === field.id || dataset.key.join() === field.name;
  return isName ? { kind: 'entity', dataset: dataset.name } : undefined;
}

/** What a list shows. In it, "each" says nothing; other groups have no place. */
export function listedOf(draft: ReadingDraft, targets: readonly Dimension[], by: readonly Dimension[]): Dimension[] {
  const { model } = draft;
  if (targets.length === 0 || targets.some(({ kind }) => kind === 'grain') || isMetricRefused(draft)) unreadable();
  const root = rootOf(draft, targets);
  const own = targets.filter((one) => one.kind !== 'entity' || !isDescribed(draft, one, targets));
  const isSaid = (one: Dimension): boolean =>
    one.kind === 'entity' && (one.dataset === root || targets.some((target) => covers(model, one, target)));
  if (!by.every(isSaid) || isMixed(draft, own)) unreadable();
  return own;
}

/** "stock in Berlin": the metric of that name has no such figure, and its column is not what was asked for. */
const isMetricRefused = (draft: ReadingDraft): boolean =>
  shownTerms(draft).every((term) => term.kind === 'field' && term.of === undefined) &&
  shownTerms(draft).some((term) => term.kind === 'field' && term.fields.some((one) => isMetricName(draft, one)));

const isMetricName = ({ model }: ReadingDraft, { phrases }: Field): boolean =>
  [...model.metrics.values()].some((metric) => metric.phrases.some((phrase) => phrases.includes(phrase)));

/** "Which professionals …? List their ids": the entity says whose the fields are. "makers and models" are two things. */
function isDescribed(draft: ReadingDraft, one: Dimension, targets: readonly Dimension[]): boolean {
  const isListed = clausesOf(draft, 'show').some(
    ({ terms }) =>
      terms.length > 1 &&
      terms.some((term) => term.kind === 'entity' && one.kind === 'entity' && term.dataset.name === one.dataset),
  );
  return !isListed && targets.some((other) => other.kind === 'field' && covers(draft.model, one, other));
}

/** Columns of several datasets in one list must say whose they are. */
function isMixed(draft: ReadingDraft, dimensions: readonly Dimension[]): boolean {
  const datasets = new Set(dimensions.map((one) => datasetOf(draft.model, one)));
  return datasets.size > 1 && shownTerms(draft).some((term) => term.kind === 'field' && term.of === undefined);
}

/** The dataset whose rows a list shows. */
export function rootOf(draft: ReadingDraft, dimensions: readonly Dimension[]): string | undefined {
  const entity = dimensions.find(({ kind }) => kind === 'entity');
  if (entity?.kind === 'entity') return entity.dataset;
  const [named] = shownTerms(draft).flatMap((term) => (term.kind === 'field' && term.of ? [term.of.name] : []));
  const field = dimensions.find(({ kind }) => kind === 'field');
  return named ?? (field && datasetOf(draft.model, field));
}
