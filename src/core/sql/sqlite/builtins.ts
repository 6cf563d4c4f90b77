import { wordSet } from '../tokens/grammar.ts';

/**
 * SQLite's own functions that only compute (`PRAGMA function_list` of SQLite 3.53). Left out: extensions, files, the
 * log, build options, and the full-text module's internal functions.
 */
export const functions = wordSet(`
  abs acos acosh asin asinh atan atan2 atanh avg bm25 cast ceil ceiling char coalesce concat concat_ws cos cosh count cume_dist
  current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format glob
  group_concat hex highlight if ifnull iif instr json json_array json_array_insert json_array_length
  json_error_position json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty
  json_quote json_remove json_replace json_set json_type json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract
  jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set
  julianday lag last_value lead length like likelihood likely ln log log10 log2 lower ltrim max min mod
  nth_value ntile nullif octet_length percent_rank pi pow power printf quote
  radians random randomblob rank replace round row_number rtrim sign sin sinh snippet soundex sqrt strftime string_agg
  substr substring sum tan tanh time timediff total trim trunc typeof unhex unicode unistr unistr_quote unixepoch unlikely
  upper zeroblob`);

/** They return something about this connection. */
export const bareFunctions = wordSet('changes last_insert_rowid sqlite_version total_changes');

/** Function → position of the argument that is a number of bytes or repetitions. */
export const repeating: ReadonlyMap<string, number> = new Map([
  ['zeroblob', 0],
  ['randomblob', 0],
]);

const json = 'key value type atom id parent fullkey path'.split(' ');

/** Functions in FROM that read only their arguments, and the pragmas that describe tables. */
export const tableFunctions: ReadonlyMap<string, readonly string[]> = new Map([
  ['json_each', json],
  ['json_tree', json],
  ['pragma_table_info', 'cid name type notnull pk'.split(' ')],
  ['pragma_foreign_key_list', 'id seq table from to on_update on_delete match'.split(' ')],
]);

/** The readable part of SQLite's own catalogue: which tables there are, not their definitions. */
export const systemRelations: ReadonlyMap<string, readonly string[]> = new Map(
  ['sqlite_master', 'sqlite_schema'].flatMap((name) =>
    [name, `main.${name}`].map((path) => [path, ['type', 'name', 'tbl_name', '!rootpage', '!sql']] as const),
  ),
);
