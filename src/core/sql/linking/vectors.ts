import type { Catalogue } from '../../data/catalogue.ts';
import { cosineOf, nearestBySigns, type PackedVectors } from '../../vectors/packed-vectors.ts';
import type { CatalogueIndex } from './index-catalogue.ts';

/** Vectors of unit length: of the question, and of each column in the order of `columnTexts`. */
export type LinkVectors = { readonly question: Float32Array; readonly columns: PackedVectors };

const texts = new WeakMap<Catalogue, readonly string[]>();

/**
 * The text that is embedded for each column, in the order of tables and columns: its name with its table and comments.
 * One list for each catalogue.
 */
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

/** With more columns than this only the nearest by sign bits are compared in full. */
const comparedColumns = 700;

/** The cosine of the question and each column, scaled so that the lowest is 0 and the highest 1. */
export function similarityTo({ question, columns }: LinkVectors, index: CatalogueIndex): Float64Array {
  const size = index.columns.length;
  const places =
    size > comparedColumns
      ? nearestBySigns(columns, size, question, comparedColumns)
      : Int32Array.from({ length: size }, (_, place) => place);
  const similarity = new Float64Array(size);
  let least = 1;
  let most = -1;
  for (const place of places) {
    const cosine = cosineOf(columns, place, question);
    similarity[place] = cosine;
    if (cosine < least) least = cosine;
    if (cosine > most) most = cosine;
  }
  const range = most - least;
  for (const place of places) similarity[place] = range > 0 ? ((similarity[place] as number) - least) / range : 0;
  return similarity;
}
