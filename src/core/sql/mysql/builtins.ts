import { wordSet } from '../tokens/grammar.ts';

/**
 * Functions of MySQL 8 and MariaDB 10.6 to 11 that only compute. Left out: files, locks, waiting, users, variables,
 * replication, keys, plug-ins, and facts about the server.
 */
export const functions = wordSet(`
  abs acos add_months adddate addtime any_value against ascii asin atan atan2 avg bin bin_to_uuid bit_and bit_count bit_length bit_or
  bit_xor cast ceil ceiling char char_length character_length charset chr coalesce coercibility collation concat concat_ws conv
  convert convert_tz cos cot count crc32 crc32c cume_dist curdate current_date current_time current_timestamp curtime date
  date_add date_format date_sub datediff day dayname dayofmonth dayofweek dayofyear degrees dense_rank elt exp
  export_set extract extractvalue field find_in_set first_value floor format format_bytes format_pico_time from_base64
  from_days from_unixtime get_format greatest group_concat grouping hex hour if ifnull inet6_aton inet6_ntoa inet_aton
  inet_ntoa insert instr interval is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6 is_uuid isnull json_array
  json_array_append json_array_insert json_arrayagg json_compact json_contains json_contains_path json_depth
  json_detailed json_equals json_exists json_extract json_insert json_keys json_length json_loose json_merge
  json_merge_patch json_merge_preserve json_normalize json_object json_objectagg json_overlaps json_pretty json_query
  json_quote json_remove json_replace json_schema_valid json_search json_set json_storage_size json_type json_unquote
  json_valid json_value lag last_day last_value lcase lead least left length lengthb linestring ln localtime localtimestamp locate
  log log10 log2 lower lpad ltrim make_set makedate maketime match max mbrcontains mbrintersects mbrwithin md5 median microsecond mid min minute mod month
  monthname natural_sort_key now nth_value ntile nullif nvl nvl2 oct octet_length ord percent_rank percentile_cont
  percentile_disc period_add period_diff pi point polygon position pow power quarter quote radians rand random_bytes rank
  regexp_instr regexp_like regexp_replace regexp_substr repeat replace reverse right round row row_number rpad rtrim
  sec_to_time second sformat sha sha1 sha2 sign sin soundex space sqrt st_area st_asbinary st_asgeojson st_astext st_boundary st_buffer st_centroid
  st_contains st_convexhull st_crosses st_difference st_dimension st_disjoint st_distance st_distance_sphere st_endpoint
  st_envelope st_equals st_exteriorring st_geohash st_geometryn st_geometrytype st_geomfromgeojson st_geomfromtext
  st_geomfromwkb st_intersection st_intersects st_isclosed st_isempty st_issimple st_isvalid st_latfromgeohash st_latitude
  st_length st_linefromtext st_longfromgeohash st_longitude st_numgeometries st_numpoints st_overlaps st_pointfromtext
  st_pointn st_polygonfromtext st_simplify st_srid st_startpoint st_symdifference st_touches st_transform st_union
  st_within st_x st_y
  std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr substring substring_index subtime sum sysdate tan
  time time_format time_to_sec timediff timestamp timestampadd timestampdiff to_base64 to_char to_days to_seconds trim
  truncate ucase unhex unix_timestamp upper utc_date utc_time utc_timestamp uuid uuid_to_bin var_pop var_samp variance week
  weekday weekofyear weight_string year yearweek`);

/** Hints about how tables are read. Left out: those that set a variable or join a resource group. */
export const plannerHints = wordSet(`
  bka bnl derived_condition_pushdown group_index hash_join index index_merge join_fixed_order join_index join_order join_prefix
  join_suffix max_execution_time merge mrr no_bka no_bnl no_derived_condition_pushdown no_group_index no_hash_join no_icp no_index
  no_index_merge no_join_index no_merge no_mrr no_order_index no_range_optimization no_semijoin no_skip_scan order_index qb_name
  semijoin skip_scan subquery`);

/** They return something about this connection, and change it when they are given an argument. */
export const bareFunctions = wordSet(
  'connection_id current_user database found_rows last_insert_id row_count schema session_user user version',
);

/** Function → position of the argument that is a number of bytes or repetitions. */
export const repeating: ReadonlyMap<string, number> = new Map([
  ['repeat', 1],
  ['lpad', 1],
  ['rpad', 1],
  ['space', 0],
  ['random_bytes', 0],
]);

const described: Readonly<Record<string, string>> = {
  'information_schema.tables':
    'table_catalog table_schema table_name table_type engine version row_format table_rows table_collation create_time update_time table_comment avg_row_length data_length index_length data_free',
  'information_schema.columns':
    'table_catalog table_schema table_name column_name ordinal_position column_default is_nullable data_type character_maximum_length character_octet_length numeric_precision numeric_scale datetime_precision character_set_name collation_name column_type column_key extra !privileges column_comment !generation_expression',
  'information_schema.schemata': 'catalog_name schema_name default_character_set_name default_collation_name !sql_path',
  'information_schema.statistics':
    'table_catalog table_schema table_name non_unique index_schema index_name seq_in_index column_name collation cardinality sub_part packed nullable index_type comment index_comment is_visible !expression',
  'information_schema.views':
    'table_catalog table_schema table_name !view_definition check_option is_updatable !definer security_type',
  'information_schema.routines':
    'specific_name routine_catalog routine_schema routine_name routine_type data_type is_deterministic security_type created last_altered routine_comment !routine_definition !definer',
  'information_schema.character_sets': 'character_set_name default_collate_name description maxlen',
  'information_schema.collations': 'collation_name character_set_name id is_default is_compiled sortlen',
  'information_schema.key_column_usage':
    'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name column_name ordinal_position position_in_unique_constraint referenced_table_schema referenced_table_name referenced_column_name',
  'information_schema.table_constraints':
    'constraint_catalog constraint_schema constraint_name table_schema table_name constraint_type enforced',
  'information_schema.referential_constraints':
    'constraint_catalog constraint_schema constraint_name unique_constraint_catalog unique_constraint_schema unique_constraint_name match_option update_rule delete_rule table_name referenced_table_name',
};

/** The readable part of the server's own catalogue: names, types, keys and comments. */
export const systemRelations: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(described).map(([relation, columns]) => [relation, columns.split(' ')]),
);
