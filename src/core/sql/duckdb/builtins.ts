import { wordSet } from '../tokens/grammar.ts';
import { builtinFunctions } from './builtin-names.ts';

/** Functions that only compute: scalar, aggregate and window functions, operators and macros. */
export const functions: ReadonlySet<string> = wordSet(builtinFunctions);

/** Values that are written without brackets. */
export const valueNames: ReadonlySet<string> = wordSet(
  'current_date current_time current_timestamp localtime localtimestamp current_catalog current_schema current_user user session_user',
);

/** Functions in FROM that read only their arguments and the names of tables. */
export const tableFunctions: ReadonlySet<string> = wordSet(
  'duckdb_columns duckdb_constraints duckdb_indexes duckdb_schemas duckdb_tables duckdb_types generate_series icu_calendar_names json_each json_tree pg_timezone_names pragma_show pragma_table_info pragma_version range repeat repeat_row unnest',
);

/** Function → position of the argument that is a number of repetitions. */
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
  'information_schema.table_constraints':
    'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name constraint_type is_deferrable initially_deferred enforced nulls_distinct',
  'information_schema.key_column_usage':
    'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name column_name ordinal_position position_in_unique_constraint',
  'information_schema.constraint_column_usage':
    'table_catalog table_schema table_name column_name constraint_catalog constraint_schema constraint_name constraint_type constraint_text',
  'information_schema.referential_constraints':
    'constraint_catalog constraint_schema constraint_name unique_constraint_catalog unique_constraint_schema unique_constraint_name match_option update_rule delete_rule',
  'information_schema.schemata': 'catalog_name schema_name schema_owner !sql_path',
};

/** The readable part of DuckDB's own catalogue. */
export const systemRelations: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(described).map(([relation, columns]) => [relation, columns.split(' ')]),
);
