import { existsSync, readFileSync } from 'node:fs';
import { readCommandLine } from '../../src/command-line.ts';
import { isMemoriError } from '../../src/core/base/errors.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import type { CheckedSql, Database, DialectName } from '../../src/core/data/database.ts';
import { checkSql } from '../../src/core/sql/check-sql.ts';
import { createSyntax } from '../../src/wiring/open-database.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { openLiveDuckdb } from './live/duckdb.ts';
import type { Fingerprint, LiveEngine, OpenLiveEngine } from './live/live-engine.ts';
import { openLiveMysql } from './live/mysql.ts';
import { openLivePglite } from './live/pglite.ts';
import { openLivePostgres } from './live/postgres.ts';
import { openLiveSqlite } from './live/sqlite.ts';

const usage = `The guard in front of live engines: every statement of a set is checked and, where it passes, run as the product runs
it, as a role that may only read and as the owner, and then by the guard alone, as the owner without READ ONLY. Rows
and catalogue are compared before and after. Then what runs for hours is ended, by its time limit and by Stop.

  npm run bench:guard-live [-- --data statements.jsonl --unguarded]

  --data FILE       statements, as for bench:guard (default: the repository's own)
  --schema FILE     the schema that they are written for
  --engines LIST    some of postgres,pglite,mysql,sqlite,duckdb (default: all)
  --postgres URL    a running server; without it one is started from Debian's binaries, or the engine is skipped
  --mysql URL       the same for MySQL and MariaDB
  --unguarded       run the refused attacks as well, as the owner, on servers and files that were made for it, and count
                    what they change; what would reach beyond them is left out
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  schema: { type: 'string' },
  engines: { type: 'string', default: 'postgres,pglite,mysql,sqlite,duckdb' },
  postgres: { type: 'string' },
  mysql: { type: 'string' },
  unguarded: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

type Statement = { readonly sql: string; readonly must_refuse: boolean | null; readonly dialect: DialectName };

const engines: Readonly<Record<string, { readonly dialect: DialectName; readonly open: OpenLiveEngine }>> = {
  postgres: { dialect: 'postgres', open: (script) => openLivePostgres(script, options.postgres) },
  pglite: { dialect: 'postgres', open: openLivePglite },
  mysql: { dialect: 'mysql', open: (script) => openLiveMysql(script, options.mysql) },
  sqlite: { dialect: 'sqlite', open: openLiveSqlite },
  duckdb: { dialect: 'duckdb', open: openLiveDuckdb },
};
/** Ten thousand billion rows to look at, in every dialect. */
const endless =
  'SELECT count(*) FROM orders AS a, orders AS b, orders AS c, orders AS d, orders AS e WHERE a.amount + b.amount + c.amount + d.amount + e.amount = -1';

const limits = { maxRows: 1000, maxBytes: 5_000_000, maxCellLength: 5_000, timeoutMs: 1_000 };
const never = new AbortController().signal;
const fixtures = new URL('../../test/fixtures/guard/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');

function readStatements(dialect: DialectName): readonly Statement[] {
  const own = dialect === 'postgres' ? 'statements.jsonl' : `statements.${dialect}.jsonl`;
  if (options.data !== undefined && !existsSync(options.data)) throw new Error(`There is no file ${options.data}.`);
  return readJsonLines<Partial<Statement>>(options.data ?? new URL(own, fixtures))
    .map((statement) => ({ dialect: 'postgres', ...statement }) as Statement)
    .filter((statement) => statement.dialect === dialect);
}

function readScript(dialect: DialectName): string {
  if (dialect !== 'postgres') return fixture(`schema.${dialect}.sql`);
  return options.schema === undefined ? fixture('schema.sql') : readFileSync(options.schema, 'utf8');
}

/** The result of a statement. `ended`: by its time limit. */
type Fate = 'refused' | 'ran' | 'failed' | 'ended';
type Tried = Statement & { readonly fate: Fate };

/** The sample schema's secrets are in its catalogue for an owner, who may read them: an operator leaves them out. */
const visible = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  tables: catalogue.tables.filter(({ schema, name }) => schema !== 'secret' && name !== 'salaries'),
});

type Run = (checked: CheckedSql) => Promise<unknown>;

/** Checks every statement against the database's own catalogue, and runs what passes. */
async function tryAll(statements: readonly Statement[], database: Database, run: Run): Promise<readonly Tried[]> {
  const { dialect } = database;
  const catalogue = visible(await database.catalogue(never));
  const policy = { hiddenColumns: dialect === 'postgres' ? ['public.customers.ssn'] : [], approvedFunctions: [] };
  const syntax = createSyntax(dialect);
  const tried: Tried[] = [];
  for (const statement of statements) {
    const checked = await checkSql(statement.sql, {
      dialect,
      catalogue,
      policy,
      maxRows: limits.maxRows,
      syntax,
    }).catch(refusal);
    tried.push({
      ...statement,
      fate: checked === undefined ? 'refused' : await run(checked).then(() => 'ran', fateOf),
    });
  }
  return tried;
}

function refusal(error: unknown): undefined {
  if (!isMemoriError(error, 'sql_refused')) throw error;
}

const fateOf = (error: unknown): Fate => (isMemoriError(error, 'query_timeout') ? 'ended' : 'failed');

type GuardedRun = {
  readonly as: string;
  readonly statements: number;
  readonly attacks_refused: string;
  readonly harmless_ran: string;
  readonly failed: number;
  readonly ended_by_limit: number;
  readonly rows_equal: boolean;
  readonly catalogue_equal: boolean;
};

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One row of the report: the results of the statements, and whether they changed anything. */
function summary(as: string, tried: readonly Tried[], before: Fingerprint, after: Fingerprint): GuardedRun {
  const of = (label: boolean | null, ...fates: readonly Fate[]): number =>
    tried.filter(({ must_refuse, fate }) => must_refuse === label && fates.includes(fate)).length;
  const count = (label: boolean): number => tried.filter(({ must_refuse }) => must_refuse === label).length;
  return {
    as,
    statements: tried.length,
    attacks_refused: `${of(true, 'refused')} of ${count(true)}`,
    harmless_ran: `${of(false, 'ran')} of ${count(false)}`,
    failed: tried.filter(({ fate }) => fate === 'failed').length,
    ended_by_limit: tried.filter(({ fate }) => fate === 'ended').length,
    rows_equal: isSame(before.rows, after.rows),
    catalogue_equal: before.catalogue === after.catalogue,
  };
}

async function guardedRuns(engine: LiveEngine, statements: readonly Statement[]): Promise<readonly GuardedRun[]> {
  const runs: GuardedRun[] = [];
  const slow = new Set<string>();
  let last: Database | undefined;
  for (const [as, database] of Object.entries(engine.databases)) {
    const before = await engine.fingerprint();
    const tried = await tryAll(statements, database, (checked) => database.query(checked, limits, never));
    runs.push(summary(as, tried, before, await engine.fingerprint()));
    for (const { sql, fate } of tried) if (fate === 'ended') slow.add(sql);
    last = database;
    for (const { sql } of tried.filter(({ must_refuse, fate }) => must_refuse === true && fate !== 'refused'))
      log(`  not refused: ${sql}`);
  }
  if (last === undefined) return runs;
  // What only a killed worker would end is not given to an owner in this process.
  const quick = statements.filter(({ sql }) => !slow.has(sql));
  const before = await engine.fingerprint();
  const tried = await tryAll(quick, last, ({ text }) => engine.asOwner(text));
  runs.push(summary('owner, guard alone', tried, before, await engine.fingerprint()));
  return runs;
}

type Ending = {
  readonly as: string;
  readonly limit_ms: number;
  /** Until the person was told, after the limit or Stop. */
  readonly told_after_ms: number;
  /** Until the engine had stopped it; undefined for an engine that ran in a thread that has ended. */
  readonly gone_after_ms: number | undefined;
  readonly next_query: string;
};

/** A statement that runs for hours: ended by its limit, and by Stop. */
async function endings(engine: LiveEngine): Promise<readonly Ending[]> {
  const [database] = Object.values(engine.databases);
  if (database === undefined) return [];
  const unguarded = (sql: string) => ({ text: sql, dialect: engine.dialect, relations: [] }) as unknown as CheckedSql;
  const ended = async (as: string, limitMs: number, stopMs: number): Promise<Ending> => {
    const stop = AbortSignal.timeout(stopMs);
    const begun = performance.now();
    const from = begun + Math.min(limitMs, stopMs);
    const code = await database.query(unguarded(endless), { ...limits, timeoutMs: limitMs }, stop).then(
      () => 'ran',
      (error: unknown) => (isMemoriError(error) ? error.code : String(error)),
    );
    const told = performance.now() - from;
    const gone = engine.isRunning && (await untilGone(engine.isRunning, endless, from));
    const asked = performance.now();
    const { rows } = await database.query(unguarded('SELECT count(*) FROM orders'), limits, never);
    const next = `${rows[0]?.[0]} rows in ${Math.round(performance.now() - asked)} ms`;
    return {
      as: `${as}: ${code}`,
      limit_ms: limitMs,
      told_after_ms: Math.round(told),
      gone_after_ms: gone,
      next_query: next,
    };
  };
  return [await ended('time limit', 1_000, 60_000), await ended('Stop', 60_000, 1_000)];
}

async function untilGone(isRunning: NonNullable<LiveEngine['isRunning']>, text: string, from: number): Promise<number> {
  while (await isRunning(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  return Math.round(performance.now() - from);
}

/** Statements that reach programs, files, other databases or the server itself. */
const reachesBeyond =
  /\bprogram\b|\boutfile\b|\bdumpfile\b|\binfile\b|'\/|\bshutdown\b|\bkill\b|\battach\b|\bvacuum\b[^;]*\binto\b|\bexport\b|\bload\b|\binstall\b|pg_file_write|lo_export|pg_terminate|log_file|profil/i;

type Unguarded = {
  readonly attacks: number;
  readonly changed: number;
  readonly ran: number;
  readonly failed: number;
  readonly left_out: number;
};

async function unguardedRun(engine: LiveEngine, statements: readonly Statement[]): Promise<Unguarded> {
  const attacks = statements.filter(({ must_refuse }) => must_refuse === true);
  const tame = attacks.filter(({ sql }) => !reachesBeyond.test(sql));
  const counts = { changed: 0, ran: 0, failed: 0 };
  await engine.reset();
  let before = await engine.fingerprint();
  for (const { sql } of tame) {
    const ran = await engine.asOwner(sql).then(
      () => true,
      () => false,
    );
    const after = await engine.fingerprint().catch(() => undefined);
    if (isSame(before, after)) counts[ran ? 'ran' : 'failed'] += 1;
    else {
      counts.changed += 1;
      await engine.reset();
      before = await engine.fingerprint();
    }
  }
  return { attacks: attacks.length, ...counts, left_out: attacks.length - tame.length };
}

/** Made by this command. PGlite is left out: it is PostgreSQL, and takes a second to be rebuilt. */
const isThrowAway = (name: string): boolean =>
  name === 'postgres' || name === 'mysql' ? options[name] === undefined : name !== 'pglite';

function log(text: string): void {
  if (!options.json) console.log(text);
}

const systems: Record<string, object> = {};
let statementCount = 0;
let isUnharmed = true;
for (const name of options.engines.split(',')) {
  const known = engines[name];
  if (known === undefined) throw new Error(`There is no engine ${name}; there are ${Object.keys(engines).join(', ')}.`);
  const statements = readStatements(known.dialect);
  if (statements.length === 0) continue;
  const engine = await known.open(readScript(known.dialect));
  if (typeof engine === 'string') {
    log(`\n${name}: skipped, ${engine}`);
    continue;
  }
  log(`\n${engine.name}, ${statements.length} statements`);
  try {
    const guarded = await guardedRuns(engine, statements);
    if (!options.json) console.table(guarded);
    const ends = await endings(engine);
    if (!options.json) console.table(ends);
    const unguarded = options.unguarded && isThrowAway(name) ? await unguardedRun(engine, statements) : undefined;
    if (unguarded !== undefined) log(`without the guard, as the owner: ${JSON.stringify(unguarded)}`);
    systems[name] = { engine: engine.name, guarded, endings: ends, ...(unguarded ? { unguarded } : {}) };
    statementCount += statements.length;
    isUnharmed &&= guarded.every(({ rows_equal, catalogue_equal }) => rows_equal && catalogue_equal);
  } finally {
    await engine.close();
  }
}
if (options.json) {
  const data = options.data ?? 'test/fixtures/guard';
  console.log(JSON.stringify({ bench: 'guard-live', data, n: statementCount, systems }));
} else log(isUnharmed ? '\nNothing was changed.' : '\nSOMETHING WAS CHANGED.');
process.exit(isUnharmed ? 0 : 1);
