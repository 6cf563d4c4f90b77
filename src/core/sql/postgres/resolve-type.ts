import { refuse } from '../refusal.ts';
import { allowedTypes } from './builtins.ts';
import type { Resolver } from './context.ts';
import { requireNamedRelation } from './known-relations.ts';
import { type Fields, isFields, listOf, locationOf, namesOf, stringConstant } from './tree.ts';

/**
 * Accepts a type of pg_catalog, or one that a column of the catalogue has (an enum, a type of an extension). The input
 * function of any other type, or the check of a domain, is user-defined code.
 */
export function resolveType(typeName: Fields, resolver: Resolver): void {
  const names = namesOf(typeName.names);
  const name = names.at(-1) ?? '';
  const schema = names.slice(0, -1).join('.');
  const builtin = (schema === '' || schema === 'pg_catalog') && allowedTypes.has(name) && name !== 'regclass';
  if (builtin || resolver.known.columnTypes.has(names.join('.'))) return;
  refuse({
    reason: 'type',
    what: names.join('.'),
    message: `the type ${names.join('.')} is not one that values may be cast to here`,
    ...locationOf(typeName),
  });
}

/** `arg::type`. A cast to regclass looks a name up in the database, so it must be the name of a known relation. */
export function resolveCast(cast: Fields, resolver: Resolver): void {
  const typeName = isFields(cast.typeName) ? cast.typeName : {};
  const isRegclass = namesOf(typeName.names).at(-1) === 'regclass' && listOf(typeName.arrayBounds).length === 0;
  const text = stringConstant(cast.arg);
  if (isRegclass && text !== undefined) requireNamedRelation(resolver.known, text, locationOf(cast));
  else resolveType(typeName, resolver);
}
