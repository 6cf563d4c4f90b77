import type { Catalogue } from '../catalogue.ts';
import type { CheckedSql } from '../database.ts';
import type { SqlPolicy } from '../policy.ts';
import { characterOffset, LocatedRefusal, refuse } from '../postgres/refusal.ts';
import type { SqlSyntax, SyntaxTree } from '../syntax.ts';
import { knownTables } from '../tokens/known-tables.ts';
import { systemRelations } from './builtins.ts';
import { QueryResolver } from './resolve-query.ts';
import { type StaticPivot, staticPivot } from './static-pivot.ts';
import { type Fields, fieldsOf, isFields, listOf } from './tree.ts';

export type DuckdbCheck = {
  readonly catalogue: Catalogue;
  readonly policy: SqlPolicy;
  readonly maxRows: number;
  readonly syntax: SqlSyntax;
};

const own = { name: 'duckdb', systemRelations, implicitColumns: [] };

/**
 * The guard for DuckDB: one statement that DuckDB's own parser takes for a query, every name in its tree a relation or a
 * column of the catalogue or one given in the statement, functions that only compute. DuckDB writes the tree out again.
 * Throws `sql_refused` with details {reason, what, message, position?}.
 */
export async function checkSql(sql: string, options: DuckdbCheck): Promise<CheckedSql> {
  const pivot = staticPivot(sql);
  if (pivot !== undefined) return checkPivot(pivot, options);
  const tree = await options.syntax.parse(sql);
  try {
    const { query, relations } = resolveTree(tree, options);
    const asAsked = await options.syntax.deparse(tree);
    const text = tree.explain === true || !canLimit(query) ? asAsked : `${asAsked} LIMIT ${options.maxRows + 1}`;
    return checked(text, asAsked, relations);
  } catch (error) {
    if (!(error instanceof LocatedRefusal) || error.location === undefined) throw error;
    throw new LocatedRefusal(error.refusal, characterOffset(sql, error.location));
  }
}

/** What runs are the tokens of the PIVOT; what was checked are the same tokens with a list of values added. */
async function checkPivot(pivot: StaticPivot, options: DuckdbCheck): Promise<CheckedSql> {
  const { relations } = resolveTree(await options.syntax.parse(pivot.withLists), options);
  return checked(pivot.written, pivot.written, relations);
}

const checked = (text: string, asAsked: string, relations: readonly string[]): CheckedSql =>
  ({ text, asAsked, dialect: 'duckdb', relations }) as unknown as CheckedSql;

function resolveTree(tree: SyntaxTree, { catalogue, policy }: DuckdbCheck) {
  const query = onlyQuery(tree);
  const relations = new Set<string>();
  new QueryResolver({
    known: knownTables(catalogue, policy, own),
    approved: new Set(policy.approvedFunctions.map((name) => name.toLowerCase())),
    shadowed: new Set(catalogue.shadowedFunctions?.map((name) => name.toLowerCase())),
    note: ({ schema, name }) => relations.add(`${schema}.${name}`),
  }).resolve(query);
  return { query, relations: [...relations].sort() };
}

function onlyQuery(tree: SyntaxTree): Fields {
  const statements = listOf(tree.statements);
  const node = fieldsOf(statements[0]).node;
  if (statements.length === 1 && isFields(node)) return node;
  return refuse({
    reason: 'not_one_statement',
    what: `${statements.length} statements`,
    message: `there are ${statements.length} statements here; exactly one is run at a time`,
  });
}

/** A LIMIT of its own is left to the row cap; nothing may follow a sample, and VALUES, SHOW and DESCRIBE take none. */
const canLimit = (query: Fields): boolean =>
  !isFields(query.sample) &&
  !/^(EXPRESSION_LIST|SHOW_REF)$/.test(String(fieldsOf(query.from_table).type)) &&
  !listOf(query.modifiers).some((modifier) => /LIMIT/.test(String(fieldsOf(modifier).type)));
