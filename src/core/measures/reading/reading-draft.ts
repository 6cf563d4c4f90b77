import type { Field, Model } from '../model/model.ts';
import type { Clause, Term } from './clauses.ts';
import { type Choose, unreadable } from './explore.ts';
import { fieldChoices, type Home } from './resolve-terms.ts';

/** One run of filling a reading from a row of clauses: every clause has to find its place, or the run gives up. */
export type Assembly = {
  readonly model: Model;
  readonly clauses: readonly Clause[];
  readonly home: Home;
  readonly choose: Choose;
};

export type Of<K extends Clause['kind']> = Extract<Clause, { readonly kind: K }>;

export const clausesOf = <K extends Clause['kind']>(
  { clauses }: Pick<Assembly, 'clauses'>,
  kind: K,
): readonly Of<K>[] => clauses.filter((clause): clause is Of<K> => clause.kind === kind);

/** The clause of a kind that can be said once only. */
export function single<K extends Clause['kind']>(assembly: Pick<Assembly, 'clauses'>, kind: K): Of<K> | undefined {
  const found = clausesOf(assembly, kind);
  return found.length > 1 ? unreadable() : found[0];
}

export const shownTerms = (assembly: Pick<Assembly, 'clauses'>): readonly Term[] =>
  clausesOf(assembly, 'show').flatMap(({ terms }) => terms);

export const chosenField = (
  { choose, home }: Assembly,
  term: Extract<Term, { kind: 'field' }>,
  mayBeBelow = false,
): Field => choose(fieldChoices(term, home, mayBeBelow));
