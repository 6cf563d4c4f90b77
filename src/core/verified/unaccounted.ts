import type { BindingsOf } from './bindings.ts';
import { meaningsAt } from './lexicon.ts';
import { mentionsFor, type ReadQuestion } from './mentions.ts';
import type { Phrasing } from './phrasing.ts';
import { isMovable } from './phrasing-index.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** Whether a word may be left out of what is asked of this query. */
export type MayDrop = (word: string, query: VerifiedQuery) => boolean;

/** Read in the light of their neighbours: see `createWording`. */
const dependent = new Set(['NOW', 'per']);

/**
 * Tells quickly that a question cannot be a phrasing: one of its words has no meaning that the phrasing has, and stands
 * nowhere that could be bound. What it lets through is compared in full, which takes a hundred times as long.
 */
export function createUnaccounted(
  question: ReadQuestion,
  bindingsOf: BindingsOf,
  mayDrop: MayDrop,
): (phrasing: Phrasing) => boolean {
  const { stems } = question;
  /** For each word all that it could mean here, one of which the phrasing must have; none where it may mean nothing. */
  const meanings = stems.map((_, at) => {
    const found = meaningsAt(stems, at).map((one) => one.filter((word) => !isMovable(word) && !dependent.has(word)));
    return found.some(({ length }) => length === 0) ? [] : found;
  });
  const telling = [...meanings.keys()].filter((at) => (meanings[at] ?? []).length > 0);
  return (phrasing) => {
    const { said, query } = phrasing;
    const isSaid = (word: string): boolean => said.has(word) || mayDrop(word, query);
    const isBound = (at: number): boolean =>
      Object.values(bindingsOf(phrasing)).some((binding) =>
        mentionsFor(question, binding).some(({ from, to }) => from <= at && at < to),
      );
    return telling.some((at) => !(meanings[at] ?? []).some((one) => one.every(isSaid)) && !isBound(at));
  };
}
