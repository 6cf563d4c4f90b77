import { cosineOf, nearestBySigns, type PackedVectors } from '../../memory/packed-vectors.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CatalogueIndex } from './index-catalogue.ts';

/** Vectors of unit length: of the question, and of each column in the order of `columnTexts`. */
export type LinkVectors = { readonly question: Float32Array; readonly columns: PackedVectors };

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

/** Of more columns than this only the nearest by the signs of their vectors are compared in full. */
const comparedColumns = 2500;

/** Cosine of the question and each column, the least of them as 0 and the greatest as 1. */
export function similarityTo({ question, columns }: LinkVectors, index: CatalogueIndex): Float64Array {
  const size = index.columns.length;
  const places =
    size > comparedColumns ? [...nearestBySigns(columns, size, question, comparedColumns)] : [...index.columns.keys()];
  const cosines = places.map((place) => cosineOf(columns, place, question));
  const least = cosines.reduce((a, b) => Math.min(a, b), 1);
  const range = cosines.reduce((a, b) => Math.max(a, b), -1) - least;
  const similarity = new Float64Array(size);
  for (const [at, place] of places.entries())
    similarity[place] = range > 0 ? ((cosines[at] as number) - least) / range : 0;
  return similarity;
}
