import type { ScopeType } from '../base/namespace.ts';
import { singular } from '../language/search-words.ts';
import type { Memory } from './memory.ts';
import { normalise } from './memory-id.ts';

/** Scopes from the nearest to the person to the farthest. The nearest definition of a term wins. */
export const precedence: readonly ScopeType[] = ['user', 'thread', 'channel', 'datasource', 'workspace'];

/** "Active customers" and "active customer" are one term; "custom" and "customer" are not. */
export const termKey = (term: string): string => normalise(term).split(' ').map(singular).join(' ');

/** The definitions that another one of the same term overrides: the nearest to the person wins, then the newest. */
export function overridden(definitions: readonly Memory[]): ReadonlySet<Memory> {
  const holding = new Map<string, Memory>();
  const hidden = new Set<Memory>();
  for (const memory of definitions) {
    const key = termKey(memory.term ?? '');
    const other = holding.get(key);
    if (other === undefined || overrides(memory, other)) {
      holding.set(key, memory);
      if (other !== undefined) hidden.add(other);
    } else hidden.add(memory);
  }
  return hidden;
}

function overrides(memory: Memory, other: Memory): boolean {
  const nearer = precedence.indexOf(memory.scope.type) - precedence.indexOf(other.scope.type);
  return nearer < 0 || (nearer === 0 && memory.validFrom > other.validFrom);
}

/** Whether the text contains the words of the term side by side, or its characters in a script without spaces. */
export const occurs = (term: string, text: string): boolean =>
  /\p{Script=Han}/u.test(term)
    ? normalise(text).includes(normalise(term))
    : ` ${termKey(text)} `.includes(` ${termKey(term)} `);
