/**
 * Measures the answers that are composed without a model: how many questions are answered, and how many of these right.
 *
 *   npx tsx scripts/bench/measures.ts [--data FOLDER] [--json] [--wrong] [--abstained]
 *
 * Without --data: the demo's own questions with gold SQL, on the demo database with its written model. With a folder in
 * the layout of Spider (`dev.json`, `database/<name>/<name>.sqlite`): drafted models only. SQLite files are read by
 * python3, which every machine that has Spider has.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLogger } from 'winston';
import { openPglite } from '../../src/adapters/databases/pglite.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres-syntax.ts';
import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import { openSemanticFile } from '../../src/adapters/semantics/open-semantic-file.ts';
import { isMemoriError } from '../../src/core/errors.ts';
import { createMeasures, type Measures } from '../../src/core/measures/create-measures.ts';
import { draftModel } from '../../src/core/measures/draft-model.ts';
import { labelQueries, labelValues } from '../../src/core/measures/label-values.ts';
import type { Catalogue } from '../../src/core/sql/catalogue.ts';
import { checkSql } from '../../src/core/sql/postgres/check-sql.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
    abstained: { type: 'boolean', default: false },
  },
});

/** Databases that were never looked at while this was built: what is right on them transfers. */
const closed = new Set([
  'flight_2',
  'student_transcripts_tracking',
  'orchestra',
  'employee_hire_evaluation',
  'voter_1',
]);
/** Its tables are empty. */
const leftOut = new Set(['wta_1']);

type Cell = string | number | boolean | null;
type Rows = readonly (readonly Cell[])[];
type Case = {
  readonly question: string;
  readonly gold: string | undefined;
  readonly set: string;
  readonly kind: string;
};
type Tried = Case & { readonly sql: string | undefined; readonly ms: number; readonly reply: string };
type Judged = Tried & { readonly verdict: 'right' | 'wrong' | 'abstained' };
type Figures = {
  readonly n: number;
  readonly coverage_pct: number;
  readonly precision_pct: number;
  readonly correct_pct: number;
  readonly p95_ms: number;
};

const dates = createChronoDates();

function ask(measures: Measures, one: Case): Tried {
  const locale = /\p{Script=Han}/u.test(one.question) ? 'zh' : 'en';
  const started = performance.now();
  const reply = measures.ask(one.question, { locale });
  const ms = performance.now() - started;
  return {
    ...one,
    ms,
    sql: reply.kind === 'answer' ? reply.sql : undefined,
    reply: reply.kind === 'none' ? `unknown: ${reply.unknownWords.join(', ') || '(no whole reading)'}` : reply.kind,
  };
}

// ---------------------------------------------------------------- are the rows right?

const round = (value: number): number => Number(value.toPrecision(6));
function cellKey(cell: Cell): string {
  if (cell === null) return '∅';
  const text = String(cell).trim();
  const numeric = typeof cell === 'number' || /^-?\d+(?:\.\d+)?$/.test(text);
  return numeric ? String(round(Number(text))) : text.replace(/T00:00:00(?:\.000)?Z?$/, '').toLowerCase();
}

const near = (a: Cell, b: Cell): boolean =>
  cellKey(a) === cellKey(b) ||
  (a !== null &&
    b !== null &&
    Math.abs(Number(a) - Number(b)) <= 0.051 &&
    !Number.isNaN(Number(a)) &&
    !Number.isInteger(Number(b)));

/**
 * The gold rows and ours are the same, whatever the order of columns. We may show columns beside the ones of gold (what
 * a ranking goes by), and, in the first n, rows that tie with the last. DISTINCT is not judged, as in Spider's own test.
 */
function isRight(gold: Rows, ours: Rows, goldSql: string, ourSql: string): boolean {
  const width = gold[0]?.length ?? 0;
  if (gold.length === 0)
    return ours.every((row) => row.length === 1 && (row[0] === 0 || row[0] === null)) || ours.length === 0;
  if (ours.length === 0 || (ours[0]?.length ?? 0) < width) return false;
  const isFirst = /\blimit\s+\d+|\bfetch first\b/i.test(goldSql);
  const ties = isFirst && /WITH TIES|rank\(\)/.test(ourSql);
  const unordered = (rows: Rows): Rows =>
    /distinct/i.test(goldSql + ourSql) || /union|intersect|except/i.test(goldSql)
      ? [...new Map(rows.map((row) => [row.map(cellKey).join('|'), row])).values()]
      : rows;
  return columnChoices(gold, ours, width).some((columns) => {
    const picked = unordered(ours.map((row) => columns.map((at) => row[at] ?? null)));
    const wanted = unordered(gold);
    if (ties ? picked.length < wanted.length : picked.length !== wanted.length) return false;
    const left = [...picked];
    return wanted.every((row) => {
      const at = left.findIndex((one) => row.every((cell, i) => near(one[i] ?? null, cell)));
      if (at === -1) return false;
      left.splice(at, 1);
      return true;
    });
  });
}

/** Which columns of ours can stand for those of gold: all ways, by the cells of the first rows. */
function columnChoices(gold: Rows, ours: Rows, width: number): readonly (readonly number[])[] {
  const count = ours[0]?.length ?? 0;
  const fits = (at: number, column: number): boolean => {
    const values = new Set(ours.map((row) => cellKey(row[at] ?? null)));
    return gold
      .slice(0, 20)
      .every(
        (row) =>
          values.has(cellKey(row[column] ?? null)) || ours.some((one) => near(one[at] ?? null, row[column] ?? null)),
      );
  };
  let choices: number[][] = [[]];
  for (let column = 0; column < width; column++)
    choices = choices
      .flatMap((choice) =>
        Array.from({ length: count }, (_, at) => at)
          .filter((at) => !choice.includes(at) && fits(at, column))
          .map((at) => [...choice, at]),
      )
      .slice(0, 200);
  return choices;
}

// ---------------------------------------------------------------- the demo

async function demo(): Promise<readonly Judged[]> {
  const logger = createLogger({ silent: true });
  const database = await openPglite({ name: 'shop', dump: join(root, 'demo/shop.tar.gz'), timeoutMs: 20_000, logger });
  const catalogue = await database.catalogue(new AbortController().signal);
  const [model] = (await openSemanticFile(join(root, 'demo/shop.semantic.yaml'))).semantic_model;
  if (model === undefined) throw new Error('The demo has no model.');
  const syntax = createPostgresSyntax();
  const policy = { hiddenColumns: [], approvedFunctions: [] };
  const query = async (sql: string): Promise<Rows | string> => {
    try {
      const checked = await checkSql(sql, { catalogue, policy, maxRows: 20_000, syntax });
      const limits = { maxRows: 20_000, maxBytes: 50_000_000, maxCellLength: 5000, timeoutMs: 20_000 };
      return (await database.query(checked, limits, new AbortController().signal)).rows;
    } catch (error) {
      if (isMemoriError(error)) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  const names = await Promise.all(
    labelQueries(model, catalogue).map(async (one) => {
      const rows = await query(one.sql);
      return typeof rows === 'string' ? [] : [{ query: one, rows }];
    }),
  );
  const values = labelValues(names.flat());
  const measures = createMeasures({ model, catalogue, values, today: () => '2026-10-31', dates });
  const lines = readFileSync(join(root, 'test/fixtures/measures/demo-questions.jsonl'), 'utf8').trim().split('\n');
  const judged: Judged[] = [];
  for (const line of lines) {
    const { question, sql, kind } = JSON.parse(line) as { question: string; sql: string | null; kind: string };
    const tried = ask(measures, { question, gold: sql ?? undefined, set: 'demo', kind });
    if (sql === null) judged.push({ ...tried, verdict: tried.sql === undefined ? 'abstained' : 'wrong' });
    else if (tried.sql === undefined) judged.push({ ...tried, verdict: 'abstained' });
    else {
      const [gold, ours] = [await query(sql), await query(tried.sql)];
      if (typeof gold === 'string') throw new Error(`Gold of "${question}" fails: ${gold}\n${sql}`);
      const right = typeof ours !== 'string' && isRight(gold, ours, sql, tried.sql);
      judged.push({
        ...tried,
        reply: typeof ours === 'string' ? ours : tried.reply,
        verdict: right ? 'right' : 'wrong',
      });
    }
  }
  await database.close();
  return judged;
}

// ---------------------------------------------------------------- Spider

const python = `
import json, sqlite3, sys
job = json.load(sys.stdin)
def connect(path):
    db = sqlite3.connect('file:' + path + '?mode=ro', uri=True)
    db.text_factory = lambda b: b.decode('utf8', 'replace')
    return db
def quote(name): return '"' + name.replace('"', '""') + '"'
out = []
for task in job:
    db = connect(task['path'])
    if 'sql' in task:
        try:
            out.append({'rows': db.execute(task['sql']).fetchmany(20000)})
        except Exception as error:
            out.append({'error': str(error)})
        continue
    tables = []
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table','view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid"):
        columns = []
        for (_, column, kind, notnull, _, pk) in db.execute('PRAGMA table_info(%s)' % quote(name)):
            values = [v for (v,) in db.execute('SELECT %s FROM %s WHERE %s IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 3000' % (quote(column), quote(name), quote(column)))]
            columns.append({'name': column, 'kind': kind, 'notnull': notnull, 'pk': pk, 'values': values})
        keys = [{'to': row[2], 'from': row[3], 'column': row[4], 'id': row[0]} for row in db.execute('PRAGMA foreign_key_list(%s)' % quote(name))]
        tables.append({'name': name, 'columns': columns, 'keys': keys})
    out.append({'tables': tables})
json.dump(out, sys.stdout)
`;
type SqliteColumn = {
  readonly name: string;
  readonly kind: string;
  readonly notnull: number;
  readonly pk: number;
  readonly values: readonly Cell[];
};
type SqliteKey = { readonly to: string; readonly from: string; readonly column: string | null; readonly id: number };
type SqliteTable = {
  readonly name: string;
  readonly columns: readonly SqliteColumn[];
  readonly keys: readonly SqliteKey[];
};

function runPython<T>(job: unknown): T {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', python], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return JSON.parse(stdout) as T;
}

function typeOf({ kind, values }: SqliteColumn): 'integer' | 'number' | 'text' | 'boolean' | 'date' | 'timestamp' {
  if (/date/i.test(kind) && !/time/i.test(kind)) return 'date';
  if (/time/i.test(kind)) return 'timestamp';
  if (/bool/i.test(kind)) return 'boolean';
  const stored = values.slice(0, 50);
  if (stored.length > 0 && stored.every((value) => typeof value === 'number'))
    return /int/i.test(kind) ? 'integer' : 'number';
  return /int/i.test(kind) ? 'integer' : /real|num|dec|float|double/i.test(kind) ? 'number' : 'text';
}

function catalogueOf(name: string, tables: readonly SqliteTable[]): Catalogue {
  return {
    dataSource: name,
    searchPath: ['main'],
    hash: name,
    tables: tables.map((table) => ({
      schema: 'main',
      name: table.name,
      kind: 'table',
      comment: undefined,
      columns: table.columns.map((column) => ({
        name: column.name,
        dataType: column.kind,
        type: typeOf(column),
        nullable: column.notnull === 0,
        comment: undefined,
        values: typeOf(column) === 'text' ? column.values.map(String).filter((value) => value.length <= 100) : [],
        valuesComplete: true,
      })),
      primaryKey: table.columns.filter(({ pk }) => pk > 0).map((column) => column.name),
      foreignKeys: [...new Set(table.keys.map(({ id }) => id))].map((id) => {
        const parts = table.keys.filter((key) => key.id === id);
        const target = tables.find((one) => one.name.toLowerCase() === parts[0]?.to.toLowerCase());
        const columnIn = (of: SqliteTable | undefined, wanted: string | null): string =>
          of?.columns.find((one) => one.name.toLowerCase() === wanted?.toLowerCase())?.name ?? wanted ?? '';
        return {
          columns: parts.map(({ from }) => columnIn(table, from)),
          toSchema: 'main',
          toTable: target?.name ?? parts[0]?.to ?? '',
          toColumns: parts.flatMap(({ column }) =>
            column === null
              ? (target?.columns.filter(({ pk }) => pk > 0).map((one) => one.name) ?? [])
              : [columnIn(target, column)],
          ),
        };
      }),
      rowEstimate: undefined,
    })),
  };
}

function spider(folder: string): readonly Judged[] {
  const questions = (
    JSON.parse(readFileSync(join(folder, 'dev.json'), 'utf8')) as { db_id: string; question: string; query: string }[]
  ).filter(({ db_id }) => !leftOut.has(db_id));
  const names = [...new Set(questions.map(({ db_id }) => db_id))];
  const path = (name: string): string => join(folder, 'database', name, `${name}.sqlite`);
  const read = runPython<{ tables: SqliteTable[] }[]>(names.map((name) => ({ path: path(name) })));
  const measures = new Map(
    names.map((name, i) => {
      const catalogue = catalogueOf(name, read[i]?.tables ?? []);
      const [model] = draftModel(catalogue).semantic_model;
      if (model === undefined) throw new Error(`No model for ${name}.`);
      return [name, createMeasures({ model, catalogue, today: () => '2020-06-01', dates, dialect: 'sqlite' })];
    }),
  );
  const tried = questions.map(({ db_id, question, query }) => {
    const of = measures.get(db_id);
    if (of === undefined) throw new Error(`No model for ${db_id}.`);
    return ask(of, { question, gold: query, set: closed.has(db_id) ? 'closed' : 'open', kind: db_id });
  });
  const answered = tried.filter(({ sql }) => sql !== undefined);
  const results = runPython<{ rows?: Rows; error?: string }[]>(
    answered.flatMap(({ sql, gold, kind }) => [
      { path: path(kind), sql: gold },
      { path: path(kind), sql },
    ]),
  );
  const verdicts = new Map(
    answered.map((one, i) => {
      const [gold, ours] = [results[2 * i], results[2 * i + 1]];
      const right =
        gold?.rows !== undefined &&
        ours?.rows !== undefined &&
        isRight(gold.rows, ours.rows, one.gold ?? '', one.sql ?? '');
      return [one, { right, reply: ours?.error ?? one.reply }];
    }),
  );
  return tried.map((one): Judged => {
    const verdict = verdicts.get(one);
    return verdict === undefined
      ? { ...one, verdict: 'abstained' }
      : { ...one, reply: verdict.reply, verdict: verdict.right ? 'right' : 'wrong' };
  });
}

// ---------------------------------------------------------------- figures

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
function figuresOf(judged: readonly Judged[]): Figures {
  const answerable = judged.filter(({ gold }) => gold !== undefined);
  const answered = answerable.filter(({ verdict }) => verdict !== 'abstained').length;
  const right = answerable.filter(({ verdict }) => verdict === 'right').length;
  // An answer to what cannot be answered is a wrong one.
  const wrong = judged.filter(({ verdict }) => verdict === 'wrong').length;
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    n: judged.length,
    coverage_pct: share(answered, answerable.length),
    precision_pct: share(right, right + wrong),
    correct_pct: share(right, answerable.length),
    p95_ms: Math.round(10 * (times[Math.floor(times.length * 0.95)] ?? 0)) / 10,
  };
}

const judged = options.data ? spider(options.data) : await demo();
const groups = (by: (one: Judged) => string): Record<string, Figures> =>
  Object.fromEntries(
    [...new Set(judged.map(by))].sort().map((name) => [name, figuresOf(judged.filter((one) => by(one) === name))]),
  );

/** The closed databases stay closed: nothing of them is listed. */
const shown = judged.filter(({ set }) => set !== 'closed');
if (options.wrong)
  for (const one of shown.filter(({ verdict }) => verdict === 'wrong'))
    console.log(
      `WRONG [${one.kind}] ${one.question}\n  gold: ${one.gold}\n  ours: ${one.sql?.replace(/\s+/g, ' ')}\n  ${one.reply}`,
    );
if (options.abstained)
  for (const one of shown.filter(({ verdict, gold }) => verdict === 'abstained' && gold))
    console.log(`— [${one.kind}] ${one.question}  (${one.reply})`);
if (options.json) {
  const { n, ...ours } = figuresOf(judged);
  console.log(
    JSON.stringify({
      bench: 'measures',
      data: options.data ?? 'demo',
      n,
      systems: { ours },
      sets: groups(({ set }) => set),
    }),
  );
} else {
  console.table(groups(({ kind }) => kind));
  console.table({ ...groups(({ set }) => set), all: figuresOf(judged) });
}
