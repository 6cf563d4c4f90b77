/** A question never means a path of more joins than this. */
const longestPath = 4;

/**
 * Tables to add so that the given ones are connected, where joins allow: for each, the shortest path to one before it.
 * `neighbours` has the places of the tables that a table joins with.
 */
export function bridgesBetween(
  tables: readonly number[],
  neighbours: readonly (readonly number[])[],
): readonly number[] {
  const joined = new Set<number>();
  const bridges = new Set<number>();
  for (const table of tables) {
    for (const bridge of joined.has(table) ? [] : pathTo(joined, table, neighbours)) {
      joined.add(bridge);
      bridges.add(bridge);
    }
    joined.add(table);
  }
  for (const table of tables) bridges.delete(table);
  return [...bridges];
}

/** The tables between `start` and the nearest goal; none when they touch or no path is short enough. */
function pathTo(
  goals: ReadonlySet<number>,
  start: number,
  neighbours: readonly (readonly number[])[],
): readonly number[] {
  const cameFrom = new Map<number, number>();
  let ring = [start];
  for (let joins = 1; joins <= longestPath && ring.length > 0; joins += 1) {
    const next: number[] = [];
    for (const table of ring)
      for (const neighbour of neighbours[table] ?? []) {
        if (neighbour === start || cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, table);
        if (goals.has(neighbour)) return walkBack(table, start, cameFrom);
        next.push(neighbour);
      }
    ring = next;
  }
  return [];
}

function walkBack(end: number, start: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const path: number[] = [];
  for (let at = end; at !== start; at = cameFrom.get(at) ?? start) path.push(at);
  return path;
}
