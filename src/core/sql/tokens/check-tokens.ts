import type { Catalogue } from '../../data/catalogue.ts';
import type { CheckedSql } from '../../data/database.ts';
import type { GuardOptions } from '../check-options.ts';
import type { PersonFacts } from '../policy.ts';
import { bindShield, refuseExplain } from '../shield/bind-shield.ts';
import { shieldSql } from '../shield/shield-sql.ts';
import type { TokenDialect } from './dialect.ts';
import { type KnownTable, knownTables } from './known-tables.ts';
import { type Token, tokenize } from './lexer.ts';
import { onlyStatement, parseStatement } from './parse-query.ts';
import type { Name, Query } from './query-tree.ts';
import { refuseAt } from './refuse-at.ts';
import { QueryResolver } from './resolve-query.ts';
import { shieldTokens } from './shield-tokens.ts';
import { writeTokens } from './write-tokens.ts';

/** There is no tree, so no parser: the tokens are written out again. */
export type TokenCheck = Omit<GuardOptions, 'syntax'>;

/**
 * The guard of a dialect that is read token by token: one statement of the known grammar, in which every name is a
 * relation or column of the catalogue or of the statement, or a function that only computes. Its tokens are written out
 * without comments.
 * Errors: `sql_refused` with details {reason, what, message, position?}.
 */
export function checkTokens(
  sql: string,
  dialect: TokenDialect,
  bind: (sql: string, values: PersonFacts) => string,
  { catalogue, policy, person = {}, maxRows }: TokenCheck,
): CheckedSql {
  const shieldOf = (table: KnownTable) => shieldSql(table, { catalogue, policy, dialect: dialect.name });
  const tokens = onlyStatement(tokenize(sql, dialect.rules));
  const statement = parseStatement(tokens, sql, dialect.grammar);
  const relations = new Set<string>();
  const resolver = new QueryResolver(
    {
      dialect,
      known: knownTables(catalogue, policy, dialect),
      approved: new Set(policy.approvedFunctions.map((name) => name.toLowerCase())),
      note: ({ schema, name }) => relations.add(schema === '' ? name : `${schema}.${name}`),
      isShielded: (table) => shieldOf(table) !== undefined,
    },
    dialect.quotedStrings ? quotedNames(tokens) : new Set(),
  );
  if (statement.kind === 'query') resolver.resolve(statement.query);
  else if (statement.table !== undefined) resolver.table(statement.table);
  else if (statement.schema !== undefined) requireSchema(statement.schema, catalogue);
  const written = tokens.map((token) => (resolver.strings.has(token.start) ? asString(token) : token));
  const asAsked = writeTokens(written);
  if (statement.kind === 'query' && statement.explain && resolver.shielded.tables.length > 0) refuseExplain();
  const isLimited = statement.kind === 'query' && !statement.explain;
  const few = isLimited ? addRowLimit(written, statement.query, maxRows + 1) : written;
  const queryOf = (table: KnownTable) => bindShield(table, person, (facts) => bind(shieldOf(table) ?? '', facts));
  const text = writeTokens(shieldTokens(few, resolver.shielded, dialect.name, queryOf));
  return { text, asAsked, dialect: dialect.name, relations: [...relations].sort() } as unknown as CheckedSql;
}

function requireSchema({ name, position }: Name, { tables, searchPath }: Catalogue): void {
  if (searchPath.includes(name) || tables.some(({ schema }) => schema === name)) return;
  const message = `there is no database ${name} that may be read here`;
  refuseAt(position, { reason: 'unknown_table', what: name, message });
}

const quotedNames = (tokens: readonly Token[]): ReadonlySet<number> =>
  new Set(tokens.filter(({ kind, text }) => kind === 'name' && text.startsWith('"')).map(({ start }) => start));

const asString = (token: Token): Token => ({
  ...token,
  kind: 'string',
  text: `'${token.value.replaceAll("'", "''")}'`,
});

/** Limits the rows to `most`. Where no LIMIT can be written, the database's row cap applies alone. */
function addRowLimit(tokens: readonly Token[], query: Query, most: number): readonly Token[] {
  const { limit } = query;
  if (limit === undefined) {
    const canLimit = query.arms.every(({ kind }) => kind === 'select');
    return canLimit ? [...tokens, limitToken(most)] : tokens;
  }
  if (limit.count === undefined || limit.count <= most) return tokens;
  return tokens.map((token, index) => (index === limit.token ? { ...token, text: String(most) } : token));
}

const limitToken = (most: number): Token => ({
  kind: 'symbol',
  text: `LIMIT ${most}`,
  value: '',
  start: Number.MAX_SAFE_INTEGER,
  end: Number.MAX_SAFE_INTEGER,
  breaks: true,
});
