import { isMemoriError } from '../../base/errors.ts';
import type { PersonFacts } from '../policy.ts';
import { refuse } from '../refusal.ts';
import type { TableName } from './shield-sql.ts';

/**
 * Binds the query that replaces a table to this person. Refuses when a required fact is not known of them: a condition
 * without its value would let no row through.
 */
export function bindShield<T>(table: TableName, person: PersonFacts, bind: (person: PersonFacts) => T): T {
  try {
    return bind(person);
  } catch (error) {
    if (!isMemoriError(error, 'invalid_input')) throw error;
    const fact = String((error.details as { readonly what?: unknown } | undefined)?.what);
    const what = `${table.schema}.${table.name}`;
    return refuseUnknown(fact, person, { what, shown: `which rows of ${what} you may see` });
  }
}

/** Refuses because a required fact is not known of this person. `shown`: what depends on it. */
export function refuseUnknown(
  fact: string,
  person: PersonFacts,
  { what, shown }: { readonly what: string; readonly shown: string },
): never {
  const why = Object.hasOwn(person, fact) ? 'which cannot be used' : 'and that is not known';
  return refuse({
    reason: 'row_policy',
    what,
    message: `${shown} depends on your ${fact}, ${why}`,
    next: `An admin can add ${fact} for you under people in the source file.`,
  });
}

/** A plan would reveal masks, the conditions on rows, and how many rows there are. */
export function refuseExplain(): never {
  return refuse({
    reason: 'row_policy',
    what: 'EXPLAIN',
    message: 'a plan would show how values are masked or which rows are left out here',
  });
}
