/**
 * Settings that SHOW and `current_setting` may return: how texts, dates and numbers are written, and what this
 * connection may do.
 */
export const shownSettings: ReadonlySet<string> = new Set([
  'bytea_output',
  'client_encoding',
  'datestyle',
  'default_transaction_read_only',
  'extra_float_digits',
  'integer_datetimes',
  'intervalstyle',
  'lc_collate',
  'lc_ctype',
  'search_path',
  'server_encoding',
  'server_version',
  'server_version_num',
  'standard_conforming_strings',
  'statement_timeout',
  'timezone',
  'transaction_isolation',
  'transaction_read_only',
]);
