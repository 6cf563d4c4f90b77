import { MemoriError } from '../base/errors.ts';
import type { Catalogue } from '../data/catalogue.ts';
import type { DialectName } from '../data/database.ts';
import { didYouMean } from './nearest-names.ts';
import type { SqlPolicy } from './policy.ts';
import { canMask } from './shield/mask-expression.ts';
import { foldName } from './shield/shield-sql.ts';

type Named = { readonly name: string; readonly key: string; readonly known: readonly string[] };

/**
 * Refuses a schema that lacks something the policy names: after a rename in the database, a hidden column would
 * otherwise be visible from one read of the schema to the next. Errors: `config_invalid`.
 */
export function requirePolicyNames(catalogue: Catalogue, policy: SqlPolicy, dialect: DialectName): void {
  const { hiddenColumns, maskedColumns = {}, rowPolicies = {}, openViews = [] } = policy;
  const tables = catalogue.tables.map(({ schema, name }) => `${schema}.${name}`);
  const columns = catalogue.tables.flatMap((table) =>
    table.columns.map(({ name }) => `${table.schema}.${table.name}.${name}`),
  );
  const named: readonly Named[] = [
    ...hiddenColumns.map((name) => ({ name, key: 'hidden_columns', known: columns })),
    ...Object.keys(maskedColumns).map((name) => ({ name, key: 'masked_columns', known: columns })),
    ...Object.keys(rowPolicies).map((name) => ({ name, key: 'row_policies', known: tables })),
    ...openViews.map((name) => ({ name, key: 'open_views', known: tables })),
  ];
  for (const one of named) {
    const isKnown = one.known.some((known) => foldName(known, dialect) === foldName(one.name, dialect));
    if (!isKnown) refuseName(one, policy);
  }
  const unmade = Object.entries(maskedColumns).find(([, mask]) => !canMask(mask, dialect));
  if (unmade === undefined) return;
  throw invalidPolicy(
    policy,
    unmade[0],
    `masked_columns: ${dialect} has no function for the mask ${unmade[1]}.`,
    'Use full.',
  );
}

function refuseName({ name, key, known }: Named, policy: SqlPolicy): never {
  const next = `${didYouMean(name, known)} Nothing of this source is read until it is right.`.trim();
  throw invalidPolicy(policy, name, `${key} names ${name}, which is not in the database or cannot be read.`, next);
}

/** The error for a name in the policy, with the file and the line. */
export function invalidPolicy({ writtenAt = {} }: SqlPolicy, name: string, why: string, next: string): MemoriError {
  const place = writtenAt[name];
  return new MemoriError('config_invalid', place === undefined ? why : `${place}: ${why}`, {
    next,
    details: { what: name, message: `${why} ${next}` },
  });
}
