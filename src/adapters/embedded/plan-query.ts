import type { Filter } from '../stores/collection.ts';
import { type IndexDefinition, indexTerm } from './index-terms.ts';

/** Where to look for the documents of a filter. What is found is still tested against the whole filter. */
export type QueryPlan =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  | { readonly kind: 'index'; readonly index: IndexDefinition; readonly keys: readonly (readonly string[])[] }
  | { readonly kind: 'scan' };

/** With more index keys than this a scan is as fast. */
const maxKeys = 1_000;

/** Uses `_id` if it is given, else the index that covers most fields with equality or `$in`, else a scan. */
export function planQuery(filter: Filter, indexes: readonly IndexDefinition[]): QueryPlan {
  const ids = equalTo(filter._id)?.filter((id) => typeof id === 'string');
  if (ids) return { kind: 'ids', ids: [...new Set(ids)] };
  const candidates = indexes
    .map((index) => ({ index, keys: indexKeys(filter, index) }))
    .filter((candidate) => candidate.keys !== undefined)
    .sort((a, b) => b.index.fields.length - a.index.fields.length);
  const best = candidates[0];
  return best?.keys ? { kind: 'index', index: best.index, keys: best.keys } : { kind: 'scan' };
}

/** Every combination of the values that the filter allows for the index's fields. */
function indexKeys(filter: Filter, index: IndexDefinition): readonly (readonly string[])[] | undefined {
  let keys: readonly (readonly string[])[] = [[]];
  for (const field of index.fields) {
    const terms = equalTo(filter[field])?.map(indexTerm);
    if (terms === undefined || keys.length * terms.length > maxKeys) return undefined;
    const known = terms.filter((term) => term !== undefined);
    if (known.length < terms.length) return undefined;
    keys = keys.flatMap((key) => [...new Set(known)].map((term) => [...key, term]));
  }
  return keys;
}

/** The values that satisfy a condition, when it is an equality; undefined for anything else. */
function equalTo(condition: unknown): readonly unknown[] | undefined {
  if (condition === undefined) return undefined;
  if (condition === null || typeof condition !== 'object' || condition instanceof Date) return [condition];
  if ('$in' in condition && Array.isArray(condition.$in)) return condition.$in;
  if ('$eq' in condition) return [condition.$eq];
  return undefined;
}
