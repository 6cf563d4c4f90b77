import { type Modifier, update } from 'mingo/updater';
import type { Filter, Stored, Update } from '../stores/collection.ts';

const operators = new Set(['$set', '$unset', '$inc', '$max', '$min', '$push', '$pull', '$setOnInsert']);

/** Applies an update to a freshly read document, in place. Throws for an operator outside `Update`, which is a bug. */
export function modifyDocument<T extends Stored>(document: T, changes: Update): T {
  const unknown = Object.keys(changes).find((operator) => !operators.has(operator));
  if (unknown !== undefined) throw new TypeError(`${unknown} is not among the update operators of the stores`);
  const { $setOnInsert: _onlyOnInsert, ...always } = changes;
  if (Object.keys(always).length > 0) modify(document, always);
  return document;
}

/** What an upsert inserts: the equalities of the filter, then `$setOnInsert`, then the update. */
export function buildUpsert<T extends Stored>(filter: Filter, changes: Update): T {
  const { _id, ...equalities } = Object.fromEntries(
    Object.entries(filter).filter(([key, value]) => !key.startsWith('$') && !isOperator(value)),
  );
  if (typeof _id !== 'string') throw new TypeError('an upsert needs the _id in its filter');
  const document = { _id };
  modify(document, { $set: { ...equalities, ...changes.$setOnInsert } });
  return modifyDocument(document as T, changes);
}

/** mingo's own type asks for paths of a known document; our stores check their paths themselves. */
const modify = (document: Stored, changes: Omit<Update, '$setOnInsert'>): void => {
  update(
    document as Record<string, unknown>,
    changes as Modifier<Record<string, unknown>>,
    [],
    {},
    { cloneMode: 'deep' },
  );
};

const isOperator = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('$'));
