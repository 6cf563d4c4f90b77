import type { Catalogue } from '../catalogue.ts';
import type { CheckedSql } from '../database.ts';
import type { SqlPolicy } from '../policy.ts';
import type { SqlSyntax, SyntaxTree } from '../syntax.ts';
import { checkStatement } from './check-statement.ts';
import type { Resolver } from './context.ts';
import { knownRelations } from './known-relations.ts';
import { qualifyFunctions } from './qualify-functions.ts';
import { characterOffset, LocatedRefusal, refuse } from './refusal.ts';
import { resolveExpression } from './resolve-expression.ts';
import { resolveQuery } from './resolve-query.ts';
import { type Fields, isFields, listOf } from './tree.ts';

export type CheckOptions = {
  readonly catalogue: Catalogue;
  readonly policy: SqlPolicy;
  /** Rows the caller will use. One more is asked for, so that the database can tell that there was more. */
  readonly maxRows: number;
  readonly syntax: SqlSyntax;
};

/**
 * The guard: one read statement, on known tables and columns, with functions, operators and types that only compute.
 * Its tree is written out again, and that text, which parses to the very tree that was checked, is what runs. The only
 * maker of `CheckedSql`. Throws `sql_refused` with details {reason, what, message, position?}.
 */
export async function checkSql(input: string | SyntaxTree, options: CheckOptions): Promise<CheckedSql> {
  const tree = typeof input === 'string' ? await options.syntax.parse(input) : input;
  try {
    return await checkTree(tree, options);
  } catch (error) {
    throw typeof input === 'string' ? withPosition(error, input) : error;
  }
}

async function checkTree(tree: SyntaxTree, { catalogue, policy, maxRows, syntax }: CheckOptions): Promise<CheckedSql> {
  const relations = new Set<string>();
  const resolver = createResolver(catalogue, policy, relations);
  const { statement, limited } = checkStatement(onlyStatement(tree), resolver, maxRows + 1);
  const shadowed = new Set(catalogue.shadowedFunctions?.filter((name) => !resolver.approved.has(name)));
  const written = (stmt: Fields): Promise<string> =>
    syntax.deparse({ version: tree.version, stmts: [{ stmt: qualifyFunctions(stmt, shadowed) }] });
  const text = await written(limited);
  const asAsked = limited === statement ? text : await written(statement);
  return { text, asAsked, dialect: 'postgres', relations: [...relations].sort() } as unknown as CheckedSql;
}

function onlyStatement(tree: SyntaxTree): unknown {
  const statements = listOf(tree.stmts);
  const [first] = statements;
  if (statements.length === 1 && isFields(first)) return first.stmt;
  return refuse({
    reason: 'not_one_statement',
    what: `${statements.length} statements`,
    message:
      statements.length === 0
        ? 'there is no statement in this text'
        : `there are ${statements.length} statements here; exactly one is run at a time`,
  });
}

function createResolver(catalogue: Catalogue, policy: SqlPolicy, relations: Set<string>): Resolver {
  const resolver: Resolver = {
    known: knownRelations(catalogue, policy),
    approved: approvedNames(catalogue, policy),
    note: ({ schema, name }) => relations.add(`${schema}.${name}`),
    expression: (node, scope) => resolveExpression(node, scope, resolver),
    query: (select, scope, use) => resolveQuery(select, scope, resolver, use),
  };
  return resolver;
}

/** `schema.name`, and `name` alone where the search path leads to that schema. */
function approvedNames(catalogue: Catalogue, policy: SqlPolicy): ReadonlySet<string> {
  const short = policy.approvedFunctions
    .filter((name) => catalogue.searchPath.includes(name.split('.')[0] ?? ''))
    .map((name) => name.split('.').slice(1).join('.'));
  return new Set([...policy.approvedFunctions, ...short]);
}

/** The same refusal with the place in the text it is about. */
function withPosition(error: unknown, text: string): unknown {
  if (!(error instanceof LocatedRefusal) || error.location === undefined) return error;
  return new LocatedRefusal(error.refusal, characterOffset(text, error.location));
}
