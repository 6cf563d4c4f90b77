import type { BindingsOf } from './bindings.ts';
import { meaningsAt } from './lexicon.ts';
import { mentionsFor, type ReadQuestion } from './mentions.ts';
import type { Phrasing } from './phrasing.ts';
import { isMovable } from './phrasing-index.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** Whether a word is optional in questions for this query. */
export type MayDrop = (word: string, query: VerifiedQuery) => boolean;

/** Words whose meaning depends on their neighbours: see `createWording`. */
const dependent = new Set(['NOW', 'per']);

/**
 * A quick check that rules out phrasings: a question cannot match when one of its words is neither a meaning of the
 * phrasing nor part of something that can be bound. The full comparison takes a hundred times as long.
 */
export function createUnaccounted(
  question: ReadQuestion,
  bindingsOf: BindingsOf,
  mayDrop: MayDrop,
): (phrasing: Phrasing) => boolean {
  const { stems } = question;
  /**
   * For each word, its possible meanings, one of which the phrasing must have; none for a word that may be weightless.
   */
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
