import type { ParameterValue } from '../parameter-value.ts';
import { bindTokens, type Literals } from '../tokens/bind-tokens.ts';
import { sqliteDialect } from './dialect.ts';

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** SQLite stores dates as text. */
const literals: Literals = { text: quoted, boolean: (value) => (value ? 'TRUE' : 'FALSE'), date: quoted };

/** SQLite with each `:name` replaced by a literal. Errors: as `bindTokens`. */
export const bindSql = (sql: string, values: Readonly<Record<string, ParameterValue>>): string =>
  bindTokens(sql, values, { rules: sqliteDialect.rules, literals });
