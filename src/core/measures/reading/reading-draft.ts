import type { Day } from '../../language/dates.ts';
import type { Field, Model } from '../model/model.ts';
import type { Clause, Term } from './clauses.ts';
import { type Choose, unreadable } from './explore.ts';
import { fieldChoices, type Home } from './resolve-terms.ts';

/** One run of filling a reading from a row of clauses: every clause has to find its place, or the run gives up. */
export type ReadingDraft = {
  readonly model: Model;
  readonly clauses: readonly Clause[];
  readonly home: Home;
  readonly choose: Choose;
  readonly today: Day;
};

export type Of<K extends Clause['kind']> = Extract<Clause, { readonly kind: K }>;

export const clausesOf = <K extends Clause['kind']>(
  { clauses }: Pick<ReadingDraft, 'clauses'>,
  kind: K,
): readonly Of<K>[] => clauses.filter((clause): clause is Of<K> => clause.kind === kind);

/** The clause of a kind that can be said once only. */
export function single<K extends Clause['kind']>(draft: Pick<ReadingDraft, 'clauses'>, kind: K): Of<K> | undefined {
  const found = clausesOf(draft, kind);
  return found.length > 1 ? unreadable() : found[0];
}

export const shownTerms = (draft: Pick<ReadingDraft, 'clauses'>): readonly Term[] =>
  clausesOf(draft, 'show').flatMap(({ terms }) => terms);

export const chosenField = (
  { choose, home }: ReadingDraft,
  term: Extract<Term, { kind: 'field' }>,
  mayBeBelow = false,
): Field => choose(fieldChoices(term, home, mayBeBelow));
