import type { Catalogue } from '../catalogue.ts';
import type { CheckedSql } from '../database.ts';
import type { SqlPolicy } from '../policy.ts';
import { characterOffset, LocatedRefusal, refuse } from '../postgres/refusal.ts';
import type { SqlSyntax, SyntaxTree } from '../syntax.ts';
import { knownTables } from '../tokens/known-tables.ts';
import { systemRelations } from './builtins.ts';
import { QueryResolver } from './resolve-query.ts';
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
  const tree = await options.syntax.parse(sql);
  try {
    return await checkTree(tree, options);
  } catch (error) {
    if (!(error instanceof LocatedRefusal) || error.location === undefined) throw error;
    throw new LocatedRefusal(error.refusal, characterOffset(sql, error.location));
  }
}

async function checkTree(tree: SyntaxTree, { catalogue, policy, maxRows, syntax }: DuckdbCheck): Promise<CheckedSql> {
  const query = onlyQuery(tree);
  const relations = new Set<string>();
  new QueryResolver({
    known: knownTables(catalogue, policy, own),
    approved: new Set(policy.approvedFunctions.map((name) => name.toLowerCase())),
    shadowed: new Set(catalogue.shadowedFunctions?.map((name) => name.toLowerCase())),
    note: ({ schema, name }) => relations.add(`${schema}.${name}`),
  }).resolve(query);
  const asAsked = await syntax.deparse(tree);
  const text = tree.explain === true || !canLimit(query) ? asAsked : `${asAsked} LIMIT ${maxRows + 1}`;
  return { text, asAsked, dialect: 'duckdb', relations: [...relations].sort() } as unknown as CheckedSql;
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

/** A LIMIT of its own is left to the row cap, and nothing may follow a sample. */
const canLimit = (query: Fields): boolean =>
  !isFields(query.sample) && !listOf(query.modifiers).some((modifier) => /LIMIT/.test(String(fieldsOf(modifier).type)));
