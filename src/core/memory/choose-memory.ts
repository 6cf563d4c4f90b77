import { type Person, scopeKey, userScope } from '../base/namespace.ts';
import { memoryRefusal } from '../texts/memory-refusals.ts';
import type { Memory } from './memory.ts';
import { isConscious } from './pool.ts';

/** Conscious first, then newest; the same order as long as nothing is added or removed, so that numbers hold. */
export const inListOrder =
  (now: Date) =>
  (a: Memory, b: Memory): number =>
    Number(isConscious(b, now)) - Number(isConscious(a, now)) ||
    b.createdAt.getTime() - a.createdAt.getTime() ||
    (a.id < b.id ? -1 : 1);

/** By the number shown in the list, from 1, or by id. Nothing that was typed gets as far as the store. */
export function chosen(memories: readonly Memory[], idOrNumber: string): Memory {
  const key = typeof idOrNumber === 'string' ? idOrNumber.trim() : '';
  if (!/^[\w-]{1,100}$/.test(key)) throw memoryRefusal('invalid_input', 'unnamed');
  const memory = /^\d{1,5}$/.test(key) ? memories[Number(key) - 1] : memories.find(({ id }) => id === key);
  if (memory === undefined) throw memoryRefusal('not_found', 'missing');
  return memory;
}

/** Several, each once, as they stand in the list now: forgetting the second does not make the third the second. */
export function allChosen(memories: readonly Memory[], idsOrNumbers: string): readonly Memory[] {
  const keys = typeof idsOrNumbers === 'string' ? idsOrNumbers.split(/[\s,，、]+/u).filter(Boolean) : [];
  return [...new Set((keys.length === 0 ? [''] : keys).map((key) => chosen(memories, key)))];
}

/** `not_allowed` unless it is the person's own, or they look after the workspace. */
export function refuseForeign({ scope, source }: Memory, person: Person): void {
  const isOwn = scopeKey(scope) === scopeKey(userScope(person)) || source.author === person.user;
  if (isOwn || person.admin) return;
  throw memoryRefusal('not_allowed', 'foreign', { author: source.author });
}
