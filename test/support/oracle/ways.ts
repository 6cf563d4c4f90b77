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
function isShortcutOf(short: Way, long: Way): boolean {
  let [a, b] = [short, long];
  while (a.length > 0 && a[0] === b[0]) [a, b] = [a.slice(1), b.slice(1)];
  while (a.length > 0 && a.at(-1) === b.at(-1)) [a, b] = [a.slice(0, -1), b.slice(0, -1)];
  return a.length === 1 && b.length > 1;
}

const known = new WeakMap<World, Map<string, readonly Way[]>>();

/** The ways from a row to its one row of another table that could be meant: none, one, or several to ask between. */
export function waysUp(world: World, from: string, to: string): readonly Way[] {
  const cache = known.get(world) ?? new Map<string, readonly Way[]>();
  known.set(world, cache);
  const key = `${from} ${to}`;
  const found = cache.get(key);
  if (found !== undefined) return found;
  const all = allWays(world, from, to, [from]);
  const meant = all.filter((way) => !all.some((other) => isShortcutOf(other, way)));
  cache.set(key, meant);
  return meant;
}

/** A step to rows that point here, or to the row that is pointed to. */
export type Step = { readonly link: WorldLink; readonly up: boolean };

function allRoutes(world: World, from: string, to: string, seen: readonly string[]): readonly (readonly Step[])[] {
  if (from === to) return [[]];
  return world.links.flatMap((link) => {
    const next = link.from === from ? link.to : link.to === from ? link.from : undefined;
    if (next === undefined || seen.includes(next)) return [];
    return allRoutes(world, next, to, [...seen, next]).map((rest) => [{ link, up: link.from === from }, ...rest]);
  });
}

/** Ways between two tables in any direction, shortest first. */
export const routes = (world: World, from: string, to: string): readonly (readonly Step[])[] =>
  [...allRoutes(world, from, to, [from])].sort((a, b) => a.length - b.length);
