/**
 * The readable part of PostgreSQL's own catalogue: names, types, keys and comments, so that "which tables are there?"
 * can be asked. No definitions, statistics, settings, roles, sessions or sources. `!` marks a hidden column.
 */
const described: Readonly<Record<string, string>> = {
  'information_schema.schemata':
    'catalog_name schema_name schema_owner default_character_set_catalog default_character_set_schema default_character_set_name !sql_path',
  'information_schema.tables':
    'table_catalog table_schema table_name table_type self_referencing_column_name reference_generation user_defined_type_catalog user_defined_type_schema user_defined_type_name is_insertable_into is_typed commit_action',
  'information_schema.views':
    'table_catalog table_schema table_name !view_definition check_option is_updatable is_insertable_into is_trigger_updatable is_trigger_deletable is_trigger_insertable_into',
  'information_schema.columns':
    'table_catalog table_schema table_name column_name ordinal_position column_default is_nullable data_type character_maximum_length character_octet_length numeric_precision numeric_precision_radix numeric_scale datetime_precision interval_type interval_precision character_set_catalog character_set_schema character_set_name collation_catalog collation_schema collation_name domain_catalog domain_schema domain_name udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name maximum_cardinality dtd_identifier is_self_referencing is_identity identity_generation identity_start identity_increment identity_maximum identity_minimum identity_cycle is_generated generation_expression is_updatable',
  'information_schema.table_constraints':
    'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name constraint_type is_deferrable initially_deferred enforced nulls_distinct',
  'information_schema.key_column_usage':
    'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name column_name ordinal_position position_in_unique_constraint',
  'information_schema.constraint_column_usage':
    'table_catalog table_schema table_name column_name constraint_catalog constraint_schema constraint_name',
  'information_schema.referential_constraints':
    'constraint_catalog constraint_schema constraint_name unique_constraint_catalog unique_constraint_schema unique_constraint_name match_option update_rule delete_rule',
  'information_schema.sequences':
    'sequence_catalog sequence_schema sequence_name data_type numeric_precision numeric_precision_radix numeric_scale start_value minimum_value maximum_value increment cycle_option',
  'information_schema.routines':
    'specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name routine_type data_type external_language is_deterministic security_type !routine_definition !routine_body !external_name',
  'pg_catalog.pg_constraint':
    'oid conname connamespace contype condeferrable condeferred convalidated conrelid contypid conindid conparentid confrelid confupdtype confdeltype confmatchtype conkey confkey !conbin',
  'pg_catalog.pg_index':
    'indexrelid indrelid indnatts indnkeyatts indisunique indisprimary indisexclusion indisvalid indkey !indexprs !indpred',
  'pg_catalog.pg_database': 'oid datname !datdba !datacl',
  'pg_catalog.pg_extension': 'oid extname extnamespace extversion !extconfig !extcondition',
  'pg_catalog.pg_tables': 'schemaname tablename tableowner tablespace hasindexes hasrules hastriggers rowsecurity',
  'pg_catalog.pg_views': 'schemaname viewname viewowner !definition',
  'pg_catalog.pg_matviews': 'schemaname matviewname matviewowner tablespace hasindexes ispopulated !definition',
  'pg_catalog.pg_indexes': 'schemaname tablename indexname tablespace !indexdef',
  'pg_catalog.pg_namespace': 'oid nspname nspowner !nspacl',
  'pg_catalog.pg_class':
    'oid relname relnamespace reltype relkind relnatts relhasindex relispartition relpersistence !reltuples !relpages !relallvisible !relacl !reloptions !relpartbound !relfilenode !relowner',
  'pg_catalog.pg_attribute':
    'attrelid attname atttypid attnum attnotnull atthasdef attisdropped atttypmod attidentity attgenerated !attstattarget !attacl !attoptions !attfdwoptions !attmissingval',
  'pg_catalog.pg_type': 'oid typname typnamespace typtype typcategory typrelid typelem typbasetype !typdefault !typacl',
  'pg_catalog.pg_enum': 'oid enumtypid enumsortorder enumlabel',
  'pg_catalog.pg_description': 'objoid classoid objsubid description',
  'pg_catalog.pg_timezone_names': 'name abbrev utc_offset is_dst',
};

/** `schema.relation` → its columns. */
export const systemRelations: ReadonlyMap<string, readonly { readonly name: string; readonly hidden: boolean }[]> =
  new Map(
    Object.entries(described).map(([relation, columns]) => [
      relation,
      columns.split(' ').map((name) => ({ name: name.replace('!', ''), hidden: name.startsWith('!') })),
    ]),
  );
