import { type Person, scopeKey, userScope } from '../base/namespace.ts';
import { memoryRefusal } from '../texts/memory-refusals.ts';
import type { Memory } from './memory.ts';
import { isConscious } from './pool.ts';

/**
 * Conscious memories first, then the newest. The order changes only when memories are added or removed, so the numbers
 * that people see stay valid.
 */
export const inListOrder =
  (now: Date) =>
  (a: Memory, b: Memory): number =>
    Number(isConscious(b, now)) - Number(isConscious(a, now)) ||
    b.createdAt.getTime() - a.createdAt.getTime() ||
    (a.id < b.id ? -1 : 1);

/**
 * Finds a memory by its number in the list, from 1, or by its id. What was typed never reaches the store. Errors:
 * `not_found`.
 */
export function chosen(memories: readonly Memory[], idOrNumber: string): Memory {
  const key = typeof idOrNumber === 'string' ? idOrNumber.trim() : '';
  if (!/^[\w-]{1,100}$/.test(key)) throw memoryRefusal('invalid_input', 'unnamed');
  const memory = /^\d{1,5}$/.test(key) ? memories[Number(key) - 1] : memories.find(({ id }) => id === key);
  if (memory === undefined) throw memoryRefusal('not_found', 'missing');
  return memory;
}

/**
 * Finds several memories, each once. All numbers refer to the list as it is now: forgetting the second does not
 * renumber the third.
 */
export function allChosen(memories: readonly Memory[], idsOrNumbers: string): readonly Memory[] {
  const keys = typeof idsOrNumbers === 'string' ? idsOrNumbers.split(/[\s,，、]+/u).filter(Boolean) : [];
  return [...new Set((keys.length === 0 ? [''] : keys).map((key) => chosen(memories, key)))];
}

/** Refuses a memory that someone else taught, unless the person is an admin. Errors: `not_allowed`. */
export function refuseForeign({ scope, source }: Memory, person: Person): void {
  const isOwn = scopeKey(scope) === scopeKey(userScope(person)) || source.author === person.user;
  if (isOwn || person.admin) return;
  throw memoryRefusal('not_allowed', 'foreign', { author: source.author });
}
