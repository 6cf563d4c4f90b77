import { digest, type Fingerprint } from './live-engine.ts';

/** What PostgreSQL keeps of itself, without what its own housekeeping changes. */
const catalogues = [
  `SELECT (oid, relname, relnamespace, relkind, relowner, relacl, relfilenode, reloptions, relrowsecurity, relpersistence)::text FROM pg_class`,
  'SELECT (datname, datdba, datacl, datallowconn)::text FROM pg_database',
  `SELECT (name, setting)::text FROM pg_settings WHERE name <> 'transaction_read_only'`,
  ...[
    ...['attribute', 'attrdef', 'auth_members', 'cast', 'collation', 'constraint', 'db_role_setting', 'default_acl'],
    ...['depend', 'description', 'event_trigger', 'extension', 'foreign_server', 'index', 'inherits', 'language'],
    ...['largeobject_metadata', 'namespace', 'operator', 'policy', 'prepared_xacts', 'proc', 'publication', 'rewrite'],
    ...['roles', 'sequences', 'statistic_ext', 'tablespace', 'trigger', 'type'],
  ].map((name) => `SELECT c::text FROM pg_${name} AS c`),
];

/** Runs one query and gives its rows as arrays. */
type Rows = (sql: string) => Promise<readonly (readonly unknown[])[]>;

const tablesQuery = `
  SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1`;

export async function postgresFingerprint(rows: Rows): Promise<Fingerprint> {
  const tables = (await rows(tablesQuery)).map(([name]) => String(name));
  const found: Record<string, string> = {};
  for (const table of tables) found[table] = await digested(`SELECT t::text FROM ${table} AS t`, rows);
  const parts: string[] = [];
  for (const query of catalogues) parts.push(await digested(query, rows));
  return { rows: found, catalogue: digest(parts) };
}

const digested = async (query: string, rows: Rows): Promise<string> =>
  String((await rows(`SELECT md5(coalesce(string_agg(x, E'\\n' ORDER BY x), '')) FROM (${query}) AS s(x)`))[0]?.[0]);
