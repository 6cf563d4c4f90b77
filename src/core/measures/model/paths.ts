import type { Model, Relationship } from './model.ts';

/** Steps from a dataset to another, each from the many side to the one side. */
export type Path = readonly Relationship[];

/**
 * The shortest way along many-to-one relationships, on which rows cannot multiply. Undefined when there is none, or when
 * two ways are equally short: which one is meant cannot be told.
 */
export function pathTo(model: Model, from: string, to: string): Path | undefined {
  let reached: { readonly at: string; readonly path: Path }[] = [{ at: from, path: [] }];
  const seen = new Set<string>([from]);
  while (reached.length > 0) {
    const found = reached.filter(({ at }) => at === to);
    if (found.length > 0) return found.length === 1 ? found[0]?.path : undefined;
    const next = reached.flatMap(({ at, path }) =>
      model.relationships
        .filter((step) => step.from === at && !seen.has(step.to))
        .map((step) => ({ at: step.to, path: [...path, step] })),
    );
    for (const { at } of next) seen.add(at);
    reached = next;
  }
  return undefined;
}

export const reaches = (model: Model, from: string, to: string): boolean => pathTo(model, from, to) !== undefined;

/**
 * The dataset nearest to `of` that has every one of `needed` on its one side: `of` itself, or one below it (a bridge or
 * a line). Undefined when there is none or when two are equally near.
 */
export function nearestBase(model: Model, of: string, needed: readonly string[]): string | undefined {
  if (needed.every((name) => reaches(model, of, name))) return of;
  const below = [...model.datasets.keys()]
    .filter((name) => name !== of && [of, ...needed].every((target) => reaches(model, name, target)))
    .map((name) => ({
      name,
      steps: [of, ...needed].reduce((sum, target) => sum + (pathTo(model, name, target)?.length ?? 0), 0),
    }))
    .sort((a, b) => a.steps - b.steps);
  return below[0] !== undefined && below[0].steps !== below[1]?.steps ? below[0].name : undefined;
}

/** A way between two datasets in any direction, for "has" and "has no". */
export type Link = { readonly step: Relationship; readonly up: boolean };

/** The shortest way in any direction; undefined when there is none or two are equally short. */
export function linkTo(model: Model, from: string, to: string): readonly Link[] | undefined {
  let reached: { readonly at: string; readonly links: readonly Link[] }[] = [{ at: from, links: [] }];
  const seen = new Set<string>([from]);
  while (reached.length > 0) {
    const found = reached.filter(({ at }) => at === to);
    if (found.length > 0) return found.length === 1 ? found[0]?.links : undefined;
    const next = reached.flatMap(({ at, links }) =>
      model.relationships.flatMap((step) => {
        const other = step.from === at ? step.to : step.to === at ? step.from : undefined;
        return other === undefined || seen.has(other)
          ? []
          : [{ at: other, links: [...links, { step, up: step.from === at }] }];
      }),
    );
    for (const { at } of next) seen.add(at);
    reached = next;
  }
  return undefined;
}
