import type { Lattice } from './lattice.ts';

/** What of the model a question names, as a hint to whoever answers it otherwise: metrics, datasets and fields. */
export function knownNames(lattice: Lattice): readonly string[] {
  const names = lattice.arcs
    .flat()
    .flatMap(({ item }) =>
      item.kind === 'metric'
        ? [item.metric.name]
        : item.kind === 'entity'
          ? [item.dataset.name]
          : item.kind === 'fields'
            ? item.fields.map(({ id }) => id)
            : [],
    );
  return [...new Set(names)];
}

/** The words that no phrase of the lattice covers: why a question could not be read. */
export function unknownWords(lattice: Lattice): readonly string[] {
  const known = new Set<number>();
  lattice.arcs.forEach((arcs, from) => {
    for (const { to } of arcs) for (let i = from; i < to; i++) known.add(i);
  });
  lattice.noise.forEach((ends, from) => {
    for (const to of ends) for (let i = from; i < to; i++) known.add(i);
  });
  return lattice.tokens.flatMap(({ text }, i) => (known.has(i) ? [] : [text]));
}
