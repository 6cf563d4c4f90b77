import type { CheckedSql } from '../../data/database.ts';
import type { SyntaxTree } from '../../data/syntax.ts';
import type { GuardOptions } from '../check-options.ts';
import { characterOffset, LocatedRefusal, refuse } from '../refusal.ts';
import { bindShield, refuseExplain } from '../shield/bind-shield.ts';
import { shieldSql } from '../shield/shield-sql.ts';
import { type KnownTable, knownTables } from '../tokens/known-tables.ts';
import { bindSql } from './bind-sql.ts';
import { systemRelations } from './builtins.ts';
import type { Resolver, Rewrites } from './context.ts';
import { resolveQuery } from './resolve-query.ts';
import { emptyScope } from './scope.ts';
import { shieldText } from './shield-text.ts';
import { type StaticPivot, staticPivot, withoutLists } from './static-pivot.ts';
import { type Fields, fieldsOf, isFields, listOf } from './tree.ts';

const own = { name: 'duckdb', systemRelations, implicitColumns: [] };

/**
 * The guard for DuckDB: one statement that DuckDB's own parser reads as a query, in which every name is a relation or
 * column of the catalogue or of the statement, and every function only computes. DuckDB writes the tree out again.
 * Errors: `sql_refused` with details {reason, what, message, position?}.
 */
export async function checkSql(given: string, options: GuardOptions): Promise<CheckedSql> {
  // As the parser reads it: a no-break space at the end would become part of a name once a LIMIT follows.
  const sql = given.trimEnd();
  const pivot = staticPivot(sql);
  if (pivot !== undefined) return checkPivot(pivot, options);
  const tree = await options.syntax.parse(sql);
  try {
    const resolver = resolveNames(tree, options);
    const asAsked = await options.syntax.deparse(tree);
    const shielded = await shieldTables(sql, tree, resolver, options);
    const runs = shielded === undefined ? asAsked : await options.syntax.deparse(shielded.tree);
    const isWhole = tree.explain === true || !canLimit(onlyQuery(tree));
    const text = isWhole ? runs : `${runs} LIMIT ${options.maxRows + 1}`;
    return checked(text, asAsked, resolver);
  } catch (error) {
    if (!(error instanceof LocatedRefusal) || error.location === undefined) throw error;
    throw new LocatedRefusal(error.refusal, characterOffset(sql, error.location));
  }
}

/** Checks the tokens of a PIVOT with lists of values added, and runs them without. */
async function checkPivot(pivot: StaticPivot, options: GuardOptions): Promise<CheckedSql> {
  const tree = await options.syntax.parse(pivot.withLists);
  const resolver = resolveNames(tree, options);
  const shielded = await shieldTables(pivot.withLists, tree, resolver, options);
  return checked(shielded === undefined ? pivot.written : withoutLists(shielded.text), pivot.written, resolver);
}

const checked = (text: string, asAsked: string, { relations }: Resolved): CheckedSql =>
  ({ text, asAsked, dialect: 'duckdb', relations: [...relations].sort() }) as unknown as CheckedSql;

type Resolved = Rewrites & { readonly relations: ReadonlySet<string> };

/** Levels of nodes in one statement; deeper ones could exhaust the stack. */
const maxDepth = 1_500;

function resolveNames(
  tree: SyntaxTree,
  { catalogue, policy }: GuardOptions,
  shieldIn: (query: Fields) => KnownTable | undefined = () => undefined,
): Resolved {
  const relations = new Set<string>();
  let depth = 0;
  const resolver: Resolver = {
    known: knownTables(catalogue, policy, own),
    approved: new Set(policy.approvedFunctions.map((name) => name.toLowerCase())),
    shadowed: new Set(catalogue.shadowedFunctions?.map((name) => name.toLowerCase())),
    note: ({ schema, name }) => relations.add(`${schema}.${name}`),
    isShielded: (table) => shieldSql(table, { catalogue, policy, dialect: 'duckdb' }) !== undefined,
    shieldIn,
    shielded: [],
    schemas: [],
    query: (query, outer) => resolveQuery(query, outer, resolver),
    deeper(work) {
      depth += 1;
      if (depth > maxDepth) {
        refuse({ reason: 'too_deep', what: 'nesting', message: 'the statement is nested too deeply to be checked' });
      }
      const result = work();
      depth -= 1;
      return result;
    },
  };
  resolver.query(onlyQuery(tree), emptyScope);
  const { shielded, schemas } = resolver;
  return { shielded, schemas, relations };
}

/**
 * Replaces masked and filtered tables by queries and checks the whole again: these queries are recognised by their
 * trees, and a table that is still named is refused. Undefined when there is no such table.
 */
async function shieldTables(
  sql: string,
  tree: SyntaxTree,
  resolver: Resolved,
  options: GuardOptions,
): Promise<{ readonly text: string; readonly tree: SyntaxTree } | undefined> {
  if (resolver.shielded.length === 0) return undefined;
  if (tree.explain === true) refuseExplain();
  const { catalogue, policy, person = {}, syntax } = options;
  const queryOf = (table: KnownTable): string =>
    bindShield(table, person, (facts) =>
      bindSql(shieldSql(table, { catalogue, policy, dialect: 'duckdb' }) ?? '', facts),
    );
  const known = new Map<string, KnownTable>();
  for (const { table } of resolver.shielded)
    known.set(fingerprint(onlyQuery(await syntax.parse(queryOf(table)))), table);
  const text = shieldText(sql, resolver, queryOf);
  const shielded = await syntax.parse(text);
  const [missed] = resolveNames(shielded, options, (query) => known.get(fingerprint(query))).shielded;
  if (missed === undefined) return { text, tree: shielded };
  return refuse({
    reason: 'unknown_syntax',
    what: missed.table.name,
    message: `${missed.table.name} is masked or filtered here, and cannot be read in this way`,
  });
}

/** A tree without the positions in its text. */
const fingerprint = (tree: Fields): string => JSON.stringify(tree).replace(/"query_location":\d+/g, '');

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

/**
 * A statement's own LIMIT is left to the row cap. Nothing may follow a sample, and VALUES, SHOW and DESCRIBE take no
 * LIMIT.
 */
const canLimit = (query: Fields): boolean =>
  !isFields(query.sample) &&
  !/^(EXPRESSION_LIST|SHOW_REF)$/.test(String(fieldsOf(query.from_table).type)) &&
  !listOf(query.modifiers).some((modifier) => /LIMIT/.test(String(fieldsOf(modifier).type)));
