import { wordSet } from '../tokens/grammar.ts';
import { builtinFunctions } from './builtin-names.ts';

/** Functions that only compute: scalar functions, aggregates, window functions, operators and the engine's macros. */
export const functions: ReadonlySet<string> = wordSet(builtinFunctions);

/** Names without brackets that the engine knows. */
export const valueNames: ReadonlySet<string> = wordSet(
  'current_date current_time current_timestamp localtime localtimestamp current_catalog current_schema current_user user session_user',
);

/** Functions in FROM that read nothing but what they are given and the names of tables. */
export const tableFunctions: ReadonlySet<string> = wordSet(
  'duckdb_columns duckdb_tables generate_series icu_calendar_names json_each json_tree pg_timezone_names pragma_table_info pragma_version range repeat repeat_row unnest',
);

/** Function → position of the argument that says how many times. */
export const repeating: ReadonlyMap<string, number> = new Map([
  ['repeat', 1],
  ['lpad', 1],
  ['rpad', 1],
]);

const described: Readonly<Record<string, string>> = {
  'information_schema.tables':
    'table_catalog table_schema table_name table_type is_insertable_into is_typed table_comment',
  'information_schema.columns':
    'table_catalog table_schema table_name column_name ordinal_position column_default is_nullable data_type character_maximum_length numeric_precision numeric_scale datetime_precision column_comment',
  'information_schema.schemata': 'catalog_name schema_name schema_owner !sql_path',
};

/** What may be read of DuckDB's own catalogue. */
export const systemRelations: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(described).map(([relation, columns]) => [relation, columns.split(' ')]),
);
