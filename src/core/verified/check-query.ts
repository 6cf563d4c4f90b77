import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** A mistake in a query of a file. `path`: where it is, as zod gives paths; `message` says how to fix it. */
export type QueryProblem = { readonly path: readonly (string | number)[]; readonly message: string };

const slots = (text: string): readonly string[] =>
  [...text.matchAll(/\{([a-z][a-z0-9_]*)\}/gu)].map(([, name = '']) => name);

/** `:name` outside strings, comments and casts (`::date`). */
const placeholders = (sql: string): ReadonlySet<string> =>
  new Set(
    [...sql.replace(/'(?:[^']|'')*'|--[^\n]*/gu, ' ').matchAll(/(?<![:\w]):([a-z][a-z0-9_]*)/gu)].map(
      ([, name = '']) => name,
    ),
  );

const namesOf = ([name, { type }]: readonly [string, Parameter]): readonly string[] =>
  type === 'period' ? [`${name}_start`, `${name}_end`] : [name];

const isOutside = (parameter: Parameter): boolean =>
  (parameter.type === 'choice' && parameter.default !== undefined && !(parameter.default in parameter.choices)) ||
  ((parameter.type === 'integer' || parameter.type === 'number') &&
    parameter.default !== undefined &&
    ((parameter.min !== undefined && parameter.default < parameter.min) ||
      (parameter.max !== undefined && parameter.default > parameter.max)));

/** Finds mistakes that the schema cannot: names that differ between questions, parameters and SQL. */
export function checkQuery({ questions, parameters, sql }: VerifiedQuery): readonly QueryProblem[] {
  const entries = Object.entries(parameters);
  const known = new Set(entries.flatMap(namesOf));
  const inSql = placeholders(sql);
  return [
    ...questions.flatMap((text, i) =>
      slots(text)
        .filter((name) => !(name in parameters))
        .map((name) => ({
          path: ['questions', i],
          message: `{${name}} is no parameter; declare it under "parameters"`,
        })),
    ),
    ...[...inSql]
      .filter((name) => !known.has(name))
      .map((name) => ({ path: ['sql'], message: `:${name} is no parameter; a period p gives :p_start and :p_end` })),
    ...entries
      .filter((entry) => !namesOf(entry).some((name) => inSql.has(name)))
      .map(([name]) => ({
        path: ['parameters', name],
        message: `:${name} is not used in the SQL; use it or remove it`,
      })),
    ...entries.flatMap(([name, parameter]) =>
      parameter.type === 'period' &&
      parameter.compared_with !== undefined &&
      (parameter.compared_with === name || parameters[parameter.compared_with]?.type !== 'period')
        ? [{ path: ['parameters', name, 'compared_with'], message: 'names no other period of this query' }]
        : [],
    ),
    ...entries
      .filter(([, parameter]) => isOutside(parameter))
      .map(([name]) => ({
        path: ['parameters', name, 'default'],
        message: 'the default is not among the allowed values',
      })),
  ];
}
