import { writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { readCommandLine } from '../src/command-line.ts';

const usage = `Writes src/core/sql/postgres/builtin-names.ts: the functions, types and operators of pg_catalog that the guard lets
through, read from real servers. Names of several versions are merged, and a name is safe only if it is safe in each.

  npx tsx scripts/generate-postgres-names.ts postgres://postgres@localhost:5432/postgres

The embedded PostgreSQL (PGlite) is always read as well.`;
const { positionals: urls } = readCommandLine(usage, {}, Number.POSITIVE_INFINITY);

/** Names that are stable or immutable but read settings, other sessions, catalogues, files or SQL given as text. */
const leaky = [
  /^pg_/,
  /^has_/,
  /^acl|aclitem/,
  /^to_reg|^reg(class|coll|conf|dict|names|oper|proc|role|type)/,
  /_to_xml(schema|_and_xmlschema)?$/,
  /^(current_setting|ts_stat|ts_rewrite|currtid2?|row_security_active|satisfies_hash_partition|getpgusername)$/,
  /^(shobj_description|obj_description|col_description)$/,
  /^inet_(client|server)_/,
  /^txid_|^mxid_/,
  /^(brin|gin|gist|spg|binary_upgrade|amvalidate|lo|fmgr)_/,
  /_validator$/,
];

/** Exceptions to the patterns above and to volatility: they change nothing and tell nothing about others. */
const harmless = [
  'pg_client_encoding',
  'pg_collation_for',
  'pg_column_size',
  'pg_database_size',
  'pg_input_is_valid',
  'pg_size_bytes',
  'pg_size_pretty',
  'pg_typeof',
  'array_cat',
  'array_sample',
  'array_shuffle',
  'clock_timestamp',
  'gen_random_uuid',
  'hashtext',
  'random',
  'random_normal',
  'setseed',
  'starts_with',
  'timeofday',
  'uuidv4',
  'uuidv7',
];

/** Types whose input or output looks something up in the catalogue, or that only the server itself uses. */
const unsafeTypes = /^(reg(?!type$|config$|class$)|aclitem|refcursor|pg_|gtsvector|txid_|_)/;

const functionsQuery = `
  SELECT p.proname AS name,
         bool_and(p.provolatile IN ('i', 's') AND p.prokind IN ('f', 'a', 'w') AND p.prorettype <> 'void'::regtype
           AND NOT EXISTS (SELECT 1 FROM pg_type t
                           WHERE t.oid = ANY (p.proargtypes::oid[] || p.prorettype)
                             AND t.typname IN ('cstring', 'internal', 'trigger', 'event_trigger', 'language_handler',
                               'fdw_handler', 'index_am_handler', 'table_am_handler', 'tsm_handler', 'pg_ddl_command'))
         ) AS safe,
         bool_and(coalesce(obj_description(p.oid, 'pg_proc'), '') ~
           '^(implementation of |I/O|internal |aggregate .*function|less-equal-greater|hash$|deprecated|planner support)') AS internal,
         (SELECT array_agg(DISTINCT position || ' ' || argument ORDER BY position || ' ' || argument)
          FROM pg_proc q,
               LATERAL (SELECT argument, row_number() OVER () AS position
                        FROM unnest(q.proargnames, q.proargmodes) AS a(argument, mode)
                        WHERE mode IN ('o', 't', 'b')) AS outputs
          WHERE q.proname = p.proname AND q.pronamespace = 'pg_catalog'::regnamespace AND argument <> '') AS outputs
  FROM pg_proc p
  WHERE p.pronamespace = 'pg_catalog'::regnamespace
  GROUP BY p.proname`;

const typesQuery = `
  SELECT typname AS name FROM pg_type
  WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm')`;

const operatorsQuery = `SELECT DISTINCT oprname AS name FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace`;

type FunctionRow = { name: string; safe: boolean; internal: boolean; outputs: string[] | null };
type Names = { functions: FunctionRow[]; types: string[]; operators: string[] };
type Run = (sql: string) => Promise<unknown[]>;

async function readNames(run: Run): Promise<Names> {
  const names = async (sql: string) => ((await run(sql)) as { name: string }[]).map((row) => row.name);
  return {
    functions: (await run(functionsQuery)) as FunctionRow[],
    types: await names(typesQuery),
    operators: await names(operatorsQuery),
  };
}

function isAllowed(row: FunctionRow): boolean {
  if (harmless.includes(row.name)) return true;
  return row.safe && !row.internal && !leaky.some((pattern) => pattern.test(row.name));
}

/** `name` or `name(column,column)` for a function that returns columns. */
function functionLines(servers: readonly Names[]): string[] {
  const rows = servers.flatMap((server) => server.functions);
  const refused = new Set(rows.filter((row) => !isAllowed(row)).map((row) => row.name));
  const outputs = new Map<string, string[]>();
  for (const row of rows) {
    if (refused.has(row.name)) continue;
    const columns = (row.outputs ?? []).map((output) => output.replace(/^\d+ /, ''));
    outputs.set(row.name, [...new Set([...(outputs.get(row.name) ?? []), ...columns])]);
  }
  return [...outputs].map(([name, columns]) => (columns.length > 0 ? `${name}(${columns.join(',')})` : name)).sort();
}

const unique = (names: readonly string[]) => [...new Set(names)].sort();

function wrap(words: readonly string[]): string {
  const lines: string[] = [''];
  for (const word of words) {
    const last = lines.length - 1;
    if (`${lines[last]} ${word}`.length > 116) lines.push(word);
    else lines[last] = `${lines[last]} ${word}`.trim();
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

const servers: Names[] = [];
for (const url of urls) {
  const client = new pg.Client(url);
  await client.connect();
  servers.push(await readNames(async (sql) => (await client.query(sql)).rows));
  await client.end();
}
const embedded = await PGlite.create();
servers.push(await readNames(async (sql) => (await embedded.query(sql)).rows));
await embedded.close();

const types = unique(servers.flatMap((server) => server.types)).filter((name) => !unsafeTypes.test(name));
const operators = unique(servers.flatMap((server) => server.operators));
writeFileSync(
  new URL('../src/core/sql/postgres/builtin-names.ts', import.meta.url),
  `// Generated by scripts/generate-postgres-names.ts from PostgreSQL's own catalogue. Do not edit by hand.

/** Functions that only compute; those that return columns list them in brackets. */
export const builtinFunctions = \`
${wrap(functionLines(servers))}
\`;

/** Types of pg_catalog a value may be cast to. */
export const builtinTypes = \`
${wrap(types)}
\`;

/** Operators of pg_catalog. */
export const builtinOperators = \`
${wrap(operators)}
\`;
`,
);
