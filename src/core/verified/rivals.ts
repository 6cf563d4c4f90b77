import { fullKey, type Phrasing } from './phrasing.ts';

/**
 * For each query those that its authors worded alike: some wording of one means the same as some wording of the other. What
 * fits one of them may be meant for the other, however well it fits, so that the person is asked.
 */
export function rivalsOf(phrasings: readonly Phrasing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const phrasing of phrasings) {
    const key = fullKey(phrasing);
    owners.set(key, (owners.get(key) ?? new Set()).add(phrasing.query.id));
  }
  const rivals = new Map<string, Set<string>>();
  for (const ids of owners.values())
    for (const id of ids.size > 1 ? ids : []) {
      const own = rivals.get(id) ?? new Set<string>();
      for (const other of ids) if (other !== id) own.add(other);
      rivals.set(id, own);
    }
  return rivals;
}
