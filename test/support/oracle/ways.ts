import type { World, WorldLink } from './world.ts';

/** Links from a table upwards, each from the many side to the one side. */
export type Way = readonly WorldLink[];

function allWays(world: World, from: string, to: string, seen: readonly string[]): readonly Way[] {
  if (from === to) return [[]];
  return world.links
    .filter((link) => link.from === from && !seen.includes(link.to))
    .flatMap((link) => allWays(world, link.to, to, [...seen, link.to]).map((way) => [link, ...way]));
}

/** The direct link is what is meant where another way makes a detour to the same row. */
function isShortcutOf<T>(short: readonly T[], long: readonly T[]): boolean {
  let [a, b] = [short, long];
  while (a.length > 0 && a[0] === b[0]) [a, b] = [a.slice(1), b.slice(1)];
  while (a.length > 0 && a.at(-1) === b.at(-1)) [a, b] = [a.slice(0, -1), b.slice(0, -1)];
  return a.length === 1 && b.length > 1;
}

const withoutDetours = <T>(all: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  all.filter((way) => !all.some((other) => isShortcutOf(other, way)));

const known = new WeakMap<World, Map<string, readonly Way[]>>();

/** The ways from a row to its one row of another table that could be meant: none, one, or several to ask between. */
export function waysUp(world: World, from: string, to: string): readonly Way[] {
  const cache = known.get(world) ?? new Map<string, readonly Way[]>();
  known.set(world, cache);
  const key = `${from} ${to}`;
  const found = cache.get(key);
  if (found !== undefined) return found;
  const all = allWays(world, from, to, [from]);
  const meant = withoutDetours(all);
  cache.set(key, meant);
  return meant;
}

/** A step to rows that point here, or to the row that is pointed to. */
export type Step = { readonly link: WorldLink; readonly up: boolean };

function allRoutes(world: World, from: string, to: string, seen: readonly string[]): readonly (readonly WorldLink[])[] {
  if (from === to) return [[]];
  return world.links.flatMap((link) => {
    const next = link.from === from ? link.to : link.to === from ? link.from : undefined;
    if (next === undefined || seen.includes(next)) return [];
    return allRoutes(world, next, to, [...seen, next]).map((rest) => [link, ...rest]);
  });
}

function stepsOf(from: string, links: readonly WorldLink[]): readonly Step[] {
  let at = from;
  return links.map((link) => {
    const up = link.from === at;
    at = up ? link.to : link.from;
    return { link, up };
  });
}

/** Up to a row, down to rows that belong to it, up from each of these. */
export type Route = { readonly ups: readonly Step[]; readonly downs: readonly Step[] };

function shapeOf(steps: readonly Step[]): Route | undefined {
  const first = steps.findIndex(({ up }) => !up);
  const downs = steps.slice(first, steps.findLastIndex(({ up }) => !up) + 1);
  return first === -1 || downs.some(({ up }) => up) ? undefined : { ups: steps.slice(0, first), downs };
}

/**
 * The routes to rows below that could be meant. What belongs to the row itself is nearer than what it only shares a
 * parent with: the courses that a teacher teaches, not those of the department.
 */
export function routesBelow(world: World, from: string, to: string): readonly Route[] {
  const all = withoutDetours(allRoutes(world, from, to, [from])).flatMap(
    (links) => shapeOf(stepsOf(from, links)) ?? [],
  );
  const own = all.filter(({ ups }) => ups.length === 0);
  return own.length > 0 ? own : all;
}
