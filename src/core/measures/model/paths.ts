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

/** Ways longer than this mean nothing to people. Joins. */
const longestWay = 6;

/** Each row of the one has one of the other, and the other way round. */
const isOneToOne = ({ datasets }: Model, { from, fromColumns }: Relationship): boolean => {
  const key = datasets.get(from)?.key ?? [];
  return key.length > 0 && key.length === fromColumns.length && key.every((column) => fromColumns.includes(column));
};

/**
 * The way from rows to others that belong to them, down through what they have and up again ("teachers": what they teach,
 * its course). Two rows that only share something above them, a teacher and a course of one department, have nothing to
 * do with each other. Undefined when there is no way, or when several lead through different tables: which one is meant
 * has to be said.
 */
export function linkTo(model: Model, from: string, to: string): readonly Link[] | undefined {
  const known = links.get(model) ?? new Map<string, readonly Link[] | undefined>();
  links.set(model, known);
  const key = `${from} ${to}`;
  if (!known.has(key)) known.set(key, findLink(model, from, to));
  return known.get(key);
}

/** Asked for again and again while a question is read. */
const links = new WeakMap<Model, Map<string, readonly Link[] | undefined>>();

function findLink(model: Model, from: string, to: string): readonly Link[] | undefined {
  const ways = waysTo(model, from, to);
  const shortest = Math.min(...ways.map(({ length }) => length));
  const near = ways.filter(({ length }) => length === shortest);
  const [only] = near;
  if (only === undefined || near.length > 1) return undefined;
  const first = (way: readonly Link[]): string | undefined => way.find(({ up }) => !up)?.step.from;
  const rivals = ways.filter(({ length }) => length <= shortest + 1);
  return shortest === 1 || rivals.every((way) => first(way) === first(only)) ? only : undefined;
}

function waysTo(model: Model, from: string, to: string): readonly (readonly Link[])[] {
  const found: (readonly Link[])[] = [];
  const go = (at: string, links: readonly Link[], seen: ReadonlySet<string>): void => {
    if (at === to) {
      found.push(links);
      return;
    }
    if (links.length === longestWay) return;
    const hasRisen = links.some(({ step, up }) => up && !isOneToOne(model, step));
    for (const step of model.relationships) {
      const up = step.from === at;
      const other = up ? step.to : step.to === at ? step.from : undefined;
      if (other === undefined || seen.has(other) || (!up && hasRisen)) continue;
      go(other, [...links, { step, up }], new Set([...seen, other]));
    }
  };
  go(from, [], new Set([from]));
  return found;
}
