import { type Assembly, shownTerms } from './assembly.ts';
import { unreadable } from './explore.ts';
import type { Model } from './model.ts';
import { type Dimension, type Key, sameKey } from './reading.ts';

export const unique = <K extends Key>(keys: readonly K[]): K[] =>
  keys.filter((key, i) => keys.findIndex((other) => sameKey(key, other)) === i);

export const datasetOf = (model: Model, one: Dimension): string | undefined =>
  one.kind === 'field' ? model.fields.get(one.field)?.dataset : one.kind === 'entity' ? one.dataset : undefined;

/** The dimension is shown where the target is, or stands for it. */
export const covers = (model: Model, one: Dimension, target: Dimension): boolean =>
  sameKey(one, target) ||
  (one.kind === 'entity' && target.kind === 'field' && datasetOf(model, target) === one.dataset);

/** What measures are grouped by. An entity shows the fields that were asked for instead of its label. */
export function groupedBy(model: Model, targets: readonly Dimension[], by: readonly Dimension[]): Dimension[] {
  const own = targets.filter((target) => !by.some((one) => covers(model, one, target)));
  return unique([...own, ...by]).map((one) => {
    if (one.kind !== 'entity') return one;
    const fields = targets.flatMap((target) =>
      target.kind === 'field' && covers(model, one, target) ? [target.field] : [],
    );
    return fields.length === 0 ? one : { ...one, fields };
  });
}

/** What a list shows. In it, "each" says nothing; other groups have no place. */
export function listedOf(assembly: Assembly, targets: readonly Dimension[], by: readonly Dimension[]): Dimension[] {
  const { model } = assembly;
  if (targets.length === 0 || targets.some(({ kind }) => kind === 'grain')) unreadable();
  const root = rootOf(assembly, targets);
  const own = targets.filter(
    (one) => one.kind !== 'entity' || !targets.some((other) => other.kind === 'field' && covers(model, one, other)),
  );
  const isSaid = (one: Dimension): boolean =>
    one.kind === 'entity' && (one.dataset === root || targets.some((target) => covers(model, one, target)));
  if (!by.every(isSaid) || isMixed(assembly, own)) unreadable();
  return own;
}

/** Columns of several datasets in one list must say whose they are. */
function isMixed(assembly: Assembly, dimensions: readonly Dimension[]): boolean {
  const datasets = new Set(dimensions.map((one) => datasetOf(assembly.model, one)));
  return datasets.size > 1 && shownTerms(assembly).some((term) => term.kind === 'field' && term.of === undefined);
}

/** The dataset whose rows a list shows. */
export function rootOf(assembly: Assembly, dimensions: readonly Dimension[]): string | undefined {
  const entity = dimensions.find(({ kind }) => kind === 'entity');
  if (entity?.kind === 'entity') return entity.dataset;
  const [named] = shownTerms(assembly).flatMap((term) => (term.kind === 'field' && term.of ? [term.of.name] : []));
  const field = dimensions.find(({ kind }) => kind === 'field');
  return named ?? (field && datasetOf(assembly.model, field));
}
