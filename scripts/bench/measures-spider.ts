import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import { createMeasures, type Measures } from '../../src/core/measures/create-measures.ts';
import { draftModel } from '../../src/core/measures/model/draft-model.ts';
import { ask, dates, type Judged } from './measures-ask.ts';
import { type Cell, isRight, isStrictlyRight, type Rows } from './measures-judge.ts';

/** Databases that were never examined during development; their results show how well it generalises. */
const closed = new Set([
  'flight_2',
  'student_transcripts_tracking',
  'orchestra',
  'employee_hire_evaluation',
  'voter_1',
]);
/** Its tables are empty. */
const leftOut = new Set(['wta_1']);

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
            rows, different = db.execute('SELECT count(*), count(DISTINCT %s) FROM %s' % (quote(column), quote(name))).fetchone()
            columns.append({'name': column, 'kind': kind, 'notnull': notnull, 'pk': pk, 'values': values, 'unique': rows == different})
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
  readonly unique: boolean;
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

/** As the data set declares keys: by the place of a column among all columns of the database. */
type Declared = {
  readonly db_id: string;
  readonly table_names_original: readonly string[];
  readonly column_names_original: readonly (readonly [table: number, name: string])[];
  readonly primary_keys: readonly (number | readonly number[])[];
  readonly foreign_keys: readonly (readonly [from: number, to: number])[];
};

/** Adds keys from `tables.json`, because the distributed SQLite files have lost them. */
function withDeclaredKeys(catalogue: Catalogue, read: readonly SqliteTable[], declared?: Declared): Catalogue {
  if (declared === undefined) return catalogue;
  const { table_names_original: tables, column_names_original: columns } = declared;
  const placeOf = (at: number) => ({ table: tables[columns[at]?.[0] ?? -1] ?? '', column: columns[at]?.[1] ?? '' });
  const isTable = (name: string, other: string): boolean => name.toLowerCase() === other.toLowerCase();
  const own = (table: string, column: string): string =>
    catalogue.tables
      .find(({ name }) => isTable(name, table))
      ?.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())?.name ?? column;
  // Of a key of several columns, `tables.json` has the first only, which is none by itself.
  const isUnique = (table: string, column: string): boolean =>
    read.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.unique === true;
  const keys = declared.primary_keys.flat().map(placeOf);
  const joins = declared.foreign_keys.map(([from, to]) => ({ from: placeOf(from), to: placeOf(to) }));
  return {
    ...catalogue,
    tables: catalogue.tables.map((table) => ({
      ...table,
      primaryKey: keys
        .flatMap((key) => (isTable(key.table, table.name) ? [own(key.table, key.column)] : []))
        .filter((key) => isUnique(table.name, key)),
      foreignKeys: joins.flatMap(({ from, to }) =>
        isTable(from.table, table.name)
          ? [
              {
                columns: [own(from.table, from.column)],
                toSchema: 'main',
                toTable: to.table,
                toColumns: [own(to.table, to.column)],
              },
            ]
          : [],
      ),
    })),
  };
}

type Question = { readonly db_id: string; readonly question: string; readonly query: string };
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Spider's questions asked of drafted models. `withKeys`: the keys that the data set declares, else only inferred ones. */
export function askSpider(folder: string, withKeys: boolean): readonly Judged[] {
  const path = (name: string): string => join(folder, 'database', name, `${name}.sqlite`);
  const questions = readJson<Question[]>(join(folder, 'dev.json')).filter(({ db_id }) => !leftOut.has(db_id));
  const schemas = join(folder, 'tables.json');
  const declared = withKeys && existsSync(schemas) ? readJson<Declared[]>(schemas) : [];
  const names = [...new Set(questions.map(({ db_id }) => db_id))];
  const read = runPython<{ tables: SqliteTable[] }[]>(names.map((name) => ({ path: path(name) })));
  const measures = new Map(
    names.map((name, i) => {
      const tables = read[i]?.tables ?? [];
      const keys = declared.find(({ db_id }) => db_id === name);
      return [name, draftedMeasures(withDeclaredKeys(catalogueOf(name, tables), tables, keys))];
    }),
  );
  const tried = questions.flatMap(({ db_id, question, query }) => {
    const of = measures.get(db_id);
    const set = closed.has(db_id) ? 'closed' : 'open';
    return of === undefined ? [] : [ask(of, { question, gold: query, set, kind: db_id })];
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
      const pair =
        gold?.rows !== undefined && ours?.rows !== undefined
          ? { gold: gold.rows, ours: ours.rows, goldSql: one.gold ?? '', ourSql: one.sql ?? '' }
          : undefined;
      return [
        one,
        {
          verdict: pair !== undefined && isRight(pair) ? ('right' as const) : ('wrong' as const),
          isStrict: pair !== undefined && isStrictlyRight(pair),
          reply: ours?.error ?? one.reply,
        },
      ];
    }),
  );
  return tried.map((one) => ({ ...one, verdict: 'abstained' as const, isStrict: false, ...verdicts.get(one) }));
}

function draftedMeasures(catalogue: Catalogue): Measures {
  const [model] = draftModel(catalogue).semantic_model;
  if (model === undefined) throw new Error(`No model for ${catalogue.dataSource}.`);
  return createMeasures({ model, catalogue, today: () => '2020-06-01', dates, dialect: 'sqlite' });
}
