import type { Embedder } from '../../memory/memory.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CatalogueIndex } from './index-catalogue.ts';

/** A vector of unit length for each column of a catalogue, in the order of its tables and their columns. */
export type CatalogueVectors = { readonly model: string; readonly columns: readonly Float32Array[] };

/** Embeds every column with its table and comments, once for a catalogue: minutes for tens of thousands. */
export async function embedCatalogue({ tables }: Catalogue, embedder: Embedder): Promise<CatalogueVectors> {
  const texts = tables.flatMap((table) =>
    table.columns.map((column) =>
      [table.name, table.comment, column.name, column.comment].filter(Boolean).join(' ').replaceAll('_', ' '),
    ),
  );
  return { model: embedder.model, columns: await embedder.embed(texts) };
}

/** Cosine of the question and each column, the least of them as 0 and the greatest as 1. */
export function similarityTo(
  question: Float32Array,
  { columns }: CatalogueVectors,
  index: CatalogueIndex,
): Float64Array | undefined {
  if (columns.length !== index.columns.length) return undefined;
  const cosines = Float64Array.from(columns, (vector) => {
    let sum = 0;
    for (let at = 0; at < vector.length; at += 1) sum += (vector[at] as number) * (question[at] as number);
    return sum;
  });
  const least = cosines.reduce((a, b) => Math.min(a, b), 1);
  const range = cosines.reduce((a, b) => Math.max(a, b), -1) - least;
  return cosines.map((cosine) => (range > 0 ? (cosine - least) / range : 0));
}
