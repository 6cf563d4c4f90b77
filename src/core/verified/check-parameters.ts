import type { Catalogue } from '../data/catalogue.ts';
import type { DateReader, Day } from '../language/dates.ts';
import { wholeSpan } from '../language/periods.ts';
import type { QueryProblem } from './check-query.ts';
import { columnAt } from './value-index.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

type Known = {
  readonly today: Day;
  readonly dates: DateReader;
  /** Columns of which other values are read than are there. */
  readonly masked: readonly string[];
};

/** Parameters that no question can give a value, on this database. Each says the fix. */
export function checkParameters(
  { parameters }: VerifiedQuery,
  catalogue: Catalogue,
  known: Known,
): readonly QueryProblem[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const wrong = wrongWith(parameter, catalogue, known);
    return wrong === undefined ? [] : [{ path: ['parameters', name, wrong.at], message: wrong.message }];
  });
}

type Wrong = { readonly at: string; readonly message: string };

function wrongWith(parameter: Parameter, catalogue: Catalogue, known: Known): Wrong | undefined {
  if (parameter.type === 'value') return wrongColumn(parameter, catalogue, known);
  if (parameter.type !== 'period' || parameter.default === undefined) return undefined;
  if (wholeSpan(parameter.default, known) !== undefined) return undefined;
  const message = `"${parameter.default}" is no period; write one as people say it, e.g. last 12 months, this year, all time`;
  return { at: 'default', message };
}

function wrongColumn(
  { column: path, default: usual, synonyms }: Extract<Parameter, { type: 'value' }>,
  catalogue: Catalogue,
  { masked }: Known,
): Wrong | undefined {
  const found = columnAt(catalogue, path);
  if (found === undefined)
    return {
      at: 'column',
      message: `the database has no column "${path}", or it is hidden; write table.column${nearTo(path, catalogue)}`,
    };
  const { table, column } = found;
  const isMasked = masked.some(
    (name) => name.toLowerCase() === `${table.schema}.${table.name}.${column.name}`.toLowerCase(),
  );
  if (isMasked)
    return { at: 'column', message: `"${path}" is masked, so that no value of it matches; take another column` };
  if (column.type !== 'text' && Object.keys(synonyms).length === 0)
    return {
      at: 'column',
      message: `"${path}" holds no texts but ${column.dataType}; make it an integer, number or choice`,
    };
  const isListed = usual === undefined || !column.valuesComplete || column.values.includes(usual);
  if (!isListed) return { at: 'default', message: `"${usual}" is no value of "${path}"; write it as it is stored` };
  return undefined;
}

/** The columns of the table, if that is there. */
function nearTo(path: string, { tables }: Catalogue): string {
  const [, table] = path.toLowerCase().split('.').reverse();
  const columns = tables.find(({ name }) => name.toLowerCase() === table)?.columns.map(({ name }) => name) ?? [];
  return columns.length === 0 ? '' : `, such as ${columns.slice(0, 8).join(', ')}`;
}
