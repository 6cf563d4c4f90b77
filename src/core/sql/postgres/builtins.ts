import { builtinFunctions, builtinOperators, builtinTypes } from './builtin-names.ts';
import type { Row } from './scope.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Built-in functions that may be called → the columns they return, empty for a plain value. */
export const allowedFunctions: ReadonlyMap<string, Row> = new Map(
  words(builtinFunctions).map((entry) => {
    const [name = '', columns = ''] = entry.replace(')', '').split('(');
    return [name, columns === '' ? [] : columns.split(',').map((column) => ({ name: column }))];
  }),
);

/** Types of pg_catalog that a value may be cast to. */
export const allowedTypes: ReadonlySet<string> = new Set(words(builtinTypes));
/** Operators of pg_catalog that may be used. */
export const allowedOperators: ReadonlySet<string> = new Set(words(builtinOperators));

/** Functions whose first argument names a relation. Allowed with a constant that names a known one. */
export const relationFunctions: ReadonlySet<string> = new Set([
  'col_description',
  'obj_description',
  'pg_indexes_size',
  'pg_relation_size',
  'pg_table_size',
  'pg_total_relation_size',
]);

/** Functions that return their argument unchanged, so that a row stays a row. */
export const rowKeepingFunctions: ReadonlySet<string> = new Set([
  'any_value',
  'array_agg',
  'array_append',
  'array_reverse',
  'array_sort',
  'first_value',
  'lag',
  'last_value',
  'lead',
  'max',
  'min',
  'mode',
  'nth_value',
  'unnest',
]);

/** Function → position of the argument that is a number of repetitions: a short statement could make a gigabyte. */
export const repeatingFunctions: ReadonlyMap<string, number> = new Map([
  ['repeat', 1],
  ['lpad', 1],
  ['rpad', 1],
]);

/** The longest value that a constant repetition may make. Characters. */
export const maxRepeat = 10_000_000;
