import type { Layer } from './layers.ts';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The rooms of core, each with those it may import, by their names below `core`. */
function roomsOf(layers: readonly Layer[]): Graph {
  const names = layers.flatMap(({ folder }) => /^core\/([a-z]+)$/.exec(folder)?.[1] ?? []);
  return new Map(
    names.map((name) => {
      const { imports } = layers.find(({ folder }) => folder === `core/${name}`) as Layer;
      return [name, new Set(names.filter((other) => other !== name && imports.includes(`core/${other}`)))];
    }),
  );
}

/** How many floors lie below a room. */
function floorOf(room: string, rooms: Graph): number {
  const below = [...(rooms.get(room) ?? [])].map((other) => floorOf(other, rooms));
  return below.length === 0 ? 0 : 1 + Math.max(...below);
}

/** Arrows that no other path says already. */
function directImports(room: string, rooms: Graph): readonly string[] {
  const reach = (from: string): readonly string[] =>
    [...(rooms.get(from) ?? [])].flatMap((next) => [next, ...reach(next)]);
  const all = [...(rooms.get(room) ?? [])];
  return all.filter((one) => !all.some((other) => other !== one && reach(other).includes(one)));
}

/** The floors of core as a Mermaid flowchart: each arrow is a permission to import. */
export function drawLayers(layers: readonly Layer[]): string {
  const rooms = roomsOf(layers);
  const floorsOf = new Map([...rooms.keys()].map((room) => [room, floorOf(room, rooms)]));
  const groups = [...new Set(floorsOf.values())]
    .sort((a, b) => b - a)
    .flatMap((floor) => [
      `  subgraph floor${floor}[" "]`,
      '    direction LR',
      ...[...rooms.keys()].filter((room) => floorsOf.get(room) === floor).map((room) => `    ${room}["core/${room}"]`),
      '  end',
    ]);
  const arrows = [...rooms.keys()].flatMap((room) =>
    directImports(room, rooms).map((below) => `  ${room} --> ${below}`),
  );
  return ['flowchart TD', ...groups, ...arrows].join('\n');
}
