import { Context } from 'mingo/core';
import { $limit, $sort } from 'mingo/operators/pipeline';
import { $and, $elemMatch, $eq, $exists, $gt, $gte, $in, $lt, $lte, $ne, $or } from 'mingo/operators/query';
import { Query } from 'mingo/query';
import type { Filter, FindOptions, Stored } from '../stores/collection.ts';

/** Only the operators of `Filter`, so that a filter cannot carry a script. */
const context = Context.init({
  query: { $and, $elemMatch, $eq, $exists, $gt, $gte, $in, $lt, $lte, $ne, $or },
  pipeline: { $limit, $sort },
});
const options = { context, scriptEnabled: false };

/** Tests documents against a filter. Throws when the filter uses another operator, which is a bug. */
export function createMatcher(filter: Filter): (document: Stored) => boolean {
  const query = new Query(filter, options);
  return (document) => query.test(document);
}

/** Sorts as MongoDB does, applies the limit, and leaves fields out. */
export function arrange<T extends Stored>(documents: Iterable<T>, { sort, limit, projection = {} }: FindOptions): T[] {
  const cursor = new Query({}, options).find<T>(documents);
  if (sort) cursor.sort({ ...sort });
  if (limit) cursor.limit(limit);
  const found = cursor.all();
  // They were decoded for this query alone, so they may be changed in place.
  for (const field of Object.keys(projection)) for (const document of found) Reflect.deleteProperty(document, field);
  return found;
}
