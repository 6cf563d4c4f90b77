import type { ParameterValue } from '../parameter-value.ts';
import { bindTokens, type Literals } from '../tokens/bind-tokens.ts';
import { mysqlDialect } from './dialect.ts';

const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

const literals: Literals = {
  text: quoted,
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
  date: (day) => `DATE '${day}'`,
};

/** MySQL with each `:name` replaced by a literal. Errors: as `bindTokens`. */
export const bindSql = (sql: string, values: Readonly<Record<string, ParameterValue>>): string =>
  bindTokens(sql, values, { rules: mysqlDialect.rules, literals });
