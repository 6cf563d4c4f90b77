import type { Catalogue } from '../../data/catalogue.ts';
import type { CheckedSql } from '../../data/database.ts';
import type { SyntaxTree } from '../../data/syntax.ts';
import type { GuardOptions } from '../check-options.ts';
import type { SqlPolicy } from '../policy.ts';
import { characterOffset, LocatedRefusal, refuse } from '../refusal.ts';
import { bindShield } from '../shield/bind-shield.ts';
import { shieldSql } from '../shield/shield-sql.ts';
import { bindParameters, parseTemplate } from './bind-sql.ts';
import { checkStatement } from './check-statement.ts';
import type { Resolver } from './context.ts';
import { type KnownRelation, knownRelations } from './known-relations.ts';
import { limitRows } from './limit-rows.ts';
import { qualifyFunctions } from './qualify-functions.ts';
import { qualifyTables } from './qualify-tables.ts';
import { resolveExpression } from './resolve-expression.ts';
import { resolveQuery } from './resolve-query.ts';
import { shieldTables } from './shield-tables.ts';
import { type Fields, fieldsOf, isFields, listOf } from './tree.ts';

/**
 * The guard for PostgreSQL: one read statement on known tables and columns, with functions, operators and types that
 * only compute. What runs is the text written out from the checked tree, which parses to the same tree.
 * Errors: `sql_refused` with details {reason, what, message, position?}.
 */
export async function checkSql(input: string | SyntaxTree, options: GuardOptions): Promise<CheckedSql> {
  const tree = typeof input === 'string' ? await options.syntax.parse(input) : input;
  try {
    return await checkTree(tree, options);
  } catch (error) {
    throw typeof input === 'string' ? withPosition(error, input) : error;
  }
}

async function checkTree(tree: SyntaxTree, options: GuardOptions): Promise<CheckedSql> {
  const { maxRows, policy, syntax } = options;
  const reads = new Map<Fields, KnownRelation | undefined>();
  const resolver = createResolver(options, reads);
  const statement = checkStatement(onlyStatement(tree), resolver);
  const schemas = functionSchemas(options);
  const written = (stmt: Fields): Promise<string> =>
    syntax.deparse({ version: tree.version, stmts: [{ stmt: qualifyFunctions(stmt, schemas) }] });
  const shielded = await shieldTables(statement, reads, (relation) => shieldOf(relation, options));
  const found = policy.session?.role === undefined ? shielded : (qualifyTables(shielded, reads) as Fields);
  const runs = addRowLimit(found, maxRows + 1);
  const text = await written(runs);
  const asAsked = runs === statement ? text : await written(statement);
  const relations = [...reads.values()].flatMap((one) => (one === undefined ? [] : [`${one.schema}.${one.name}`]));
  return { text, asAsked, dialect: 'postgres', relations: [...new Set(relations)].sort() } as unknown as CheckedSql;
}

/** Adds a row limit to a query, unless it has a lower one. Other statements stay as they are. */
function addRowLimit(statement: Fields, maxRows: number): Fields {
  const select = fieldsOf(statement, 'SelectStmt');
  const fewer = select && limitRows(select, maxRows);
  return fewer === select ? statement : { SelectStmt: fewer };
}

/** The query that replaces a relation for this person. */
async function shieldOf(
  relation: KnownRelation,
  { catalogue, policy, syntax, person = {} }: GuardOptions,
): Promise<Fields | undefined> {
  const sql = shieldSql(relation, { catalogue, policy, dialect: 'postgres' });
  if (sql === undefined) return undefined;
  const template = await parseTemplate(sql, syntax);
  return onlyStatement(bindShield(relation, person, (facts) => bindParameters(template, facts))) as Fields;
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

function createResolver({ catalogue, policy }: GuardOptions, reads: Map<Fields, KnownRelation | undefined>): Resolver {
  const resolver: Resolver = {
    known: knownRelations(catalogue, policy),
    approved: approvedNames(catalogue, policy),
    note: (rangeVar, relation) => reads.set(rangeVar, relation),
    isShielded: (relation) => shieldSql(relation, { catalogue, policy, dialect: 'postgres' }) !== undefined,
    expression: (node, scope) => resolveExpression(node, scope, resolver),
    query: (select, scope, use) => resolveQuery(select, scope, resolver, use),
  };
  return resolver;
}

/** `schema.name`, and `name` alone where the search path leads to that schema. */
const approvedNames = (catalogue: Catalogue, policy: SqlPolicy): ReadonlySet<string> =>
  new Set([...policy.approvedFunctions, ...onSearchPath(catalogue, policy).map(({ name }) => name)]);

const onSearchPath = ({ searchPath }: Catalogue, { approvedFunctions }: SqlPolicy) =>
  approvedFunctions
    .map((approved) => approved.split('.'))
    .filter(([schema = '', name]) => name !== undefined && searchPath.includes(schema))
    .map(([schema = '', ...name]) => ({ schema, name: name.join('.') }));

/** The schema to write before an unqualified function: the one that it was approved or allowed in. */
function functionSchemas({ catalogue, policy }: GuardOptions): ReadonlyMap<string, string> {
  const builtin = catalogue.shadowedFunctions?.filter((name) => !policy.approvedFunctions.includes(name)) ?? [];
  const approved = onSearchPath(catalogue, policy).filter(({ name }) => !policy.approvedFunctions.includes(name));
  return new Map([
    ...builtin.map((name) => [name, 'pg_catalog'] as const),
    ...approved.map(({ schema, name }) => [name, schema] as const),
  ]);
}

/** The same refusal with its position in the text. */
function withPosition(error: unknown, text: string): unknown {
  if (!(error instanceof LocatedRefusal) || error.location === undefined) return error;
  return new LocatedRefusal(error.refusal, characterOffset(text, error.location));
}
