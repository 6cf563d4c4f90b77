import type { SyntaxTree } from '../data/syntax.ts';
import { bindSql } from '../sql/bind-sql.ts';
import type { ParameterValue } from '../sql/parameter-value.ts';
import type { ExactMatch, PlaceholderValue, VerifiedQueries } from '../verified/verified-match.ts';
import type { Source } from './source.ts';

/** The SQL of a verified query with its parameters filled in. Errors: `sql_refused` when its SQL does not parse. */
export async function boundSql(
  match: ExactMatch,
  verified: VerifiedQueries,
  { database, syntax }: Source,
): Promise<string | SyntaxTree> {
  const { sql, values } = verified.bind(match);
  return bindSql(sql, mapValues(values, literalOf), { dialect: database.dialect, syntax });
}

const literalOf = ({ type, value }: PlaceholderValue): ParameterValue => (type === 'date' ? { date: value } : value);

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
