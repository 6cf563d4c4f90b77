import type { Catalogue, CatalogueTable } from '../../data/catalogue.ts';
import type { DialectName } from '../../data/database.ts';
import type { Mask, SqlPolicy } from '../policy.ts';
import { refuse } from '../refusal.ts';
import { maskExpression, quotedName } from './mask-expression.ts';

/** A table by its schema and name. */
export type TableName = { readonly schema: string; readonly name: string };

/**
 * Keeps the engine from evaluating a person's expressions before forbidden rows are gone, because an error message or a
 * slow function would reveal them. Every engine computes a query with a limit by itself.
 */
const fences: Readonly<Record<DialectName, string>> = {
  postgres: 'OFFSET 0',
  mysql: 'LIMIT 18446744073709551615',
  sqlite: 'LIMIT -1',
  duckdb: 'LIMIT 9223372036854775807',
};

/** A name for comparison: PostgreSQL distinguishes case, the other dialects do not. */
export const foldName = (name: string, dialect: DialectName): string =>
  dialect === 'postgres' ? name : name.toLowerCase();

/**
 * The query that replaces a table, with `:name` for facts about the person: its visible columns, masked ones as their
 * masks, and the rows that its policy lets through. Undefined when the table is read as it is. Since nothing else of
 * the table can be reached, it does not matter what is computed from it.
 * Errors: `sql_refused` for a view that is not listed as open.
 */
export function shieldSql(
  wanted: TableName,
  {
    catalogue,
    policy,
    dialect,
  }: { readonly catalogue: Catalogue; readonly policy: SqlPolicy; readonly dialect: DialectName },
): string | undefined {
  if (!hasShields(policy)) return undefined;
  const table = catalogue.tables.find(({ schema, name }) => schema === wanted.schema && name === wanted.name);
  // The engine's own catalogue.
  if (table === undefined) return undefined;
  if (isClosedView(table, policy, dialect)) refuseView(table);
  const rule = ruleOf(table, policy, dialect);
  if (!isShielding(rule)) return undefined;
  const columns = table.columns.filter(({ name }) => !rule.hidden.has(foldName(name, dialect)));
  const items = columns.map((column) => {
    const mask = rule.masked.get(foldName(column.name, dialect));
    const name = quotedName(column.name, dialect);
    return mask === undefined ? name : `${maskExpression(mask, column, dialect, policy.maskKey ?? '')} AS ${name}`;
  });
  const query = `SELECT ${items.join(', ')} FROM ${tableSql(table, dialect)}`;
  // On a new line, so that a comment at the end of the condition does not swallow what follows.
  return rule.condition === undefined ? query : `${query} WHERE (${rule.condition}\n) ${fences[dialect]}`;
}

/** The name of a table as the dialect writes it in FROM. */
export const tableSql = ({ schema, name }: TableName, dialect: DialectName): string =>
  [schema, name]
    .filter(Boolean)
    .map((part) => quotedName(part, dialect))
    .join('.');

/** Whether anything of this source is masked or filtered. */
export const hasShields = ({ maskedColumns = {}, rowPolicies = {} }: SqlPolicy): boolean =>
  Object.keys(maskedColumns).length > 0 || Object.keys(rowPolicies).length > 0;

/** What the policy says of one table. Columns are in the dialect's form. */
export type TableRule = {
  readonly hidden: ReadonlySet<string>;
  readonly masked: ReadonlyMap<string, Mask>;
  readonly condition: string | undefined;
};

/** The policy's rule for one table. */
export function ruleOf(table: TableName, policy: SqlPolicy, dialect: DialectName): TableRule {
  const { maskedColumns = {}, rowPolicies = {}, hiddenColumns } = policy;
  const own = foldName(`${table.schema}.${table.name}`, dialect);
  const below = (name: string): readonly string[] =>
    foldName(name, dialect).startsWith(`${own}.`) ? [foldName(name, dialect).slice(own.length + 1)] : [];
  return {
    hidden: new Set(hiddenColumns.flatMap(below)),
    masked: new Map(
      Object.entries(maskedColumns).flatMap(([name, mask]) => below(name).map((column) => [column, mask] as const)),
    ),
    condition: Object.entries(rowPolicies).find(([name]) => foldName(name, dialect) === own)?.[1],
  };
}

const isShielding = ({ masked, condition }: TableRule): boolean => masked.size > 0 || condition !== undefined;

/** Whether masked or filtered values of other tables could be read through this view. */
export function isClosedView(table: CatalogueTable, policy: SqlPolicy, dialect: DialectName): boolean {
  if (table.kind !== 'view' || !hasShields(policy) || isShielding(ruleOf(table, policy, dialect))) return false;
  const own = foldName(`${table.schema}.${table.name}`, dialect);
  return !(policy.openViews ?? []).some((view) => foldName(view, dialect) === own);
}

/** A view reads with its owner's rights, and where its columns come from is not known here. */
function refuseView({ schema, name }: CatalogueTable): never {
  const what = `${schema}.${name}`;
  return refuse({
    reason: 'row_policy',
    what,
    message: `${what} is a view, and through a view values could be read that are masked or filtered here`,
    next: `Ask the tables, or let an admin list it under open_views or masked_columns.`,
  });
}
