import type { Catalogue } from '../catalogue.ts';
import type { CatalogueIndex } from './index-catalogue.ts';

/** Vectors of unit length: of the question, and of each column in the order of `columnTexts`. */
export type LinkVectors = { readonly question: Float32Array; readonly columns: readonly Float32Array[] };

const texts = new WeakMap<Catalogue, readonly string[]>();

/** What is embedded for each column, in the order of tables and columns: it with its table and comments. One list a catalogue. */
export function columnTexts(catalogue: Catalogue): readonly string[] {
  const known = texts.get(catalogue);
  if (known) return known;
  const made = catalogue.tables.flatMap((table) =>
    table.columns.map((column) =>
      [table.name, table.comment, column.name, column.comment].filter(Boolean).join(' ').replaceAll('_', ' '),
    ),
  );
  texts.set(catalogue, made);
  return made;
}

/** Cosine of the question and each column, the least of them as 0 and the greatest as 1. */
export function similarityTo({ question, columns }: LinkVectors, index: CatalogueIndex): Float64Array | undefined {
  if (columns.length !== index.columns.length) return undefined;
  const cosines = new Float64Array(columns.length);
  let [least, greatest] = [1, -1];
  for (const [place, vector] of columns.entries()) {
    let sum = 0;
    for (let at = 0; at < vector.length; at += 1) sum += (vector[at] as number) * (question[at] as number);
    cosines[place] = sum;
    least = Math.min(least, sum);
    greatest = Math.max(greatest, sum);
  }
  const range = greatest - least;
  return cosines.map((cosine) => (range > 0 ? (cosine - least) / range : 0));
}
