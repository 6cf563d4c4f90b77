import type { MemoriError } from '../../base/errors.ts';
import type { Catalogue, CatalogueTable } from '../../data/catalogue.ts';
import type { Database } from '../../data/database.ts';
import type { SqlSyntax } from '../../data/syntax.ts';
import { didYouMean } from '../nearest-names.ts';
import { objectionTo } from '../objection-to.ts';
import type { SqlPolicy } from '../policy.ts';
import { invalidPolicy } from '../require-policy-names.ts';
import { foldName, ruleOf, tableSql } from './shield-sql.ts';

type Reader = { readonly database: Database; readonly syntax: SqlSyntax };

/**
 * Lets the engine read the query that replaces each masked and filtered table, without a row: otherwise the first
 * question would be refused because of a broken condition. Errors: `config_invalid` with the line and the most similar
 * column. Throws when the engine cannot be reached.
 */
export async function requireShields(catalogue: Catalogue, policy: SqlPolicy, reader: Reader): Promise<void> {
  // Without a session, because a role that may not read the table cannot test the condition.
  const shields = { ...policy, session: undefined };
  for (const table of catalogue.tables) {
    const { condition, masked } = ruleOf(table, policy, reader.database.dialect);
    if (condition === undefined && masked.size === 0) continue;
    const error = await objectionTo(`SELECT 1 FROM ${tableSql(table, reader.database.dialect)} LIMIT 0`, {
      ...reader,
      catalogue,
      policy: shields,
    });
    if (error !== undefined) refuseShield(table, policy, reader.database, error);
  }
}

function refuseShield(table: CatalogueTable, policy: SqlPolicy, { dialect }: Database, error: MemoriError): never {
  const own = `${table.schema}.${table.name}`;
  const isOwn = (name: string): boolean => foldName(name, dialect) === foldName(own, dialect);
  const [name, condition] = Object.entries(policy.rowPolicies ?? {}).find(([key]) => isOwn(key)) ?? [];
  const message = String(error.details?.message ?? error.message).split('\n')[0];
  const columns = table.columns.map((column) => column.name);
  // The engine names what it does not know; only words of the condition can be fixed there.
  const unknown = (condition?.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).find(
    (word) => new RegExp(`\\b${word}\\b`, 'iu').test(message ?? '') && !columns.includes(word),
  );
  const what =
    name ?? Object.keys(policy.maskedColumns ?? {}).find((key) => isOwn(key.split('.').slice(0, -1).join('.')));
  throw invalidPolicy(
    policy,
    what ?? own,
    `${name === undefined ? 'masked_columns' : 'row_policies'}: the database cannot read ${own} in this way: ${message}.`,
    `${unknown === undefined ? '' : didYouMean(unknown, columns)} Nothing of this source is read until it is right.`.trim(),
  );
}
