import { isMemoriError } from '../base/errors.ts';
import { bindSql } from '../sql/bind-sql.ts';
import { checkSql } from '../sql/check-sql.ts';
import type { ParameterValue } from '../sql/parameter-value.ts';
import { visibleCatalogue } from '../sql/visible-catalogue.ts';
import type { Parameter, VerifiedQuery } from '../verified/verified-query.ts';
import type { Source } from './source.ts';

/** A verified query that the guard refuses on the current schema, with its reason. */
export type StaleQuery = { readonly query: VerifiedQuery; readonly why: string };

/**
 * The verified queries that name a table or column that is gone or hidden. Runs nothing. Errors: as `Source.catalogue`.
 */
export async function staleQueries(
  queries: readonly VerifiedQuery[],
  source: Source,
  signal: AbortSignal,
): Promise<readonly StaleQuery[]> {
  const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
  const { database, policy, syntax } = source;
  const stale: StaleQuery[] = [];
  for (const query of queries)
    try {
      const bound = await bindSql(query.sql, anyValues(query), { dialect: database.dialect, syntax });
      await checkSql(bound, { dialect: database.dialect, catalogue, policy, maxRows: 1, syntax });
    } catch (error) {
      if (!isMemoriError(error, 'sql_refused')) throw error;
      stale.push({ query, why: error.message });
    }
  return stale;
}

/** A value of the right type for every placeholder, since only names are checked. */
export const anyValues = ({ parameters }: VerifiedQuery): Readonly<Record<string, ParameterValue>> =>
  Object.fromEntries(Object.entries(parameters).flatMap((entry) => anyValue(...entry)));

function anyValue(name: string, parameter: Parameter): readonly (readonly [string, ParameterValue])[] {
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return [[name, parameter.default ?? parameter.min ?? 1]];
    case 'value':
      return [[name, parameter.default ?? '']];
    case 'choice':
      return [[name, parameter.default ?? Object.keys(parameter.choices)[0] ?? '']];
    case 'period':
      return [
        [`${name}_start`, { date: '2000-01-01' }],
        [`${name}_end`, { date: '2000-01-02' }],
      ];
  }
}
