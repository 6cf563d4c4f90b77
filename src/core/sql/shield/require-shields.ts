import { isMemoriError, type MemoriError } from '../../errors.ts';
import type { Catalogue, CatalogueTable } from '../catalogue.ts';
import { checkSql } from '../check-sql.ts';
import type { Database } from '../database.ts';
import type { PersonFacts, SqlPolicy } from '../policy.ts';
import { didYouMean } from '../postgres/nearest-names.ts';
import { invalidPolicy } from '../require-policy-names.ts';
import type { SqlSyntax } from '../syntax.ts';
import { foldName, ruleOf, tableSql } from './shield-sql.ts';

type Reader = { readonly database: Database; readonly syntax: SqlSyntax };

const limits = { maxRows: 1, maxBytes: 10_000, maxCellLength: 100, timeoutMs: 10_000 };

/**
 * Has the engine read what stands in the place of each masked and filtered table, and no row of it: a condition that it
 * does not understand would otherwise refuse the first question. Throws `config_invalid` with the line and the nearest
 * column; that the engine cannot be reached is thrown on.
 */
export async function requireShields(catalogue: Catalogue, policy: SqlPolicy, reader: Reader): Promise<void> {
  for (const table of catalogue.tables) {
    const { condition, masked } = ruleOf(table, policy, reader.database.dialect);
    if (condition === undefined && masked.size === 0) continue;
    const error = await errorOf(table, catalogue, policy, reader);
    if (error !== undefined) refuseShield(table, policy, reader.database, error);
  }
}

async function errorOf(
  table: CatalogueTable,
  catalogue: Catalogue,
  policy: SqlPolicy,
  { database, syntax }: Reader,
): Promise<MemoriError | undefined> {
  const { dialect } = database;
  try {
    const options = { dialect, catalogue, policy, person: anybody(policy), maxRows: 1, syntax };
    const sql = await checkSql(`SELECT 1 FROM ${tableSql(table, dialect)} LIMIT 0`, options);
    await database.query(sql, limits, new AbortController().signal);
    return undefined;
  } catch (error) {
    if (isMemoriError(error, 'query_failed')) return error;
    if (!isMemoriError(error, 'sql_refused')) throw error;
    // It asks for a fact that is known of nobody yet: nobody reads the table either.
    return error.details?.reason === 'row_policy' ? undefined : error;
  }
}

/** Somebody of whom everything is known that is known of anybody. */
const anybody = ({ people = {} }: SqlPolicy): PersonFacts =>
  Object.assign({}, ...Object.values(people), { slack_user: 'U0', team: 'T0', channel: 'C0' });

function refuseShield(table: CatalogueTable, policy: SqlPolicy, { dialect }: Database, error: MemoriError): never {
  const own = `${table.schema}.${table.name}`;
  const isOwn = (name: string): boolean => foldName(name, dialect) === foldName(own, dialect);
  const [name, condition] = Object.entries(policy.rowPolicies ?? {}).find(([key]) => isOwn(key)) ?? [];
  const message = String(error.details?.message ?? error.message).split('\n')[0];
  const columns = table.columns.map((column) => column.name);
  // The engine names what it does not know; only what stands in the condition can be mended there.
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
