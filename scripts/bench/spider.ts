import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { z } from 'zod';
import type { Cell } from '../../src/core/data/database.ts';
import { type ResultCells, resultKey } from '../../src/core/sql/voting/result-key.ts';

/** One question of a data set in Spider's layout. */
export type SpiderQuestion = { readonly database: string; readonly text: string; readonly gold: string };

export type SpiderSet = {
  readonly questions: readonly SpiderQuestion[];
  /** Recorded SQL by system, one for each question in their order. */
  readonly predictions: ReadonlyMap<string, readonly string[]>;
  /** The file of a database: a copy, because the data may be read-only. */
  fileOf(database: string): string;
  /** A statement of the data set with its strings in single quotes, as SQL has them. */
  asSql(database: string, sql: string): string;
  /** Errors: the engine's. */
  execute(database: string, sql: string): { readonly rows: ResultCells };
  close(): void;
};

const questionsSchema = z.array(z.object({ db_id: z.string(), question: z.string(), query: z.string() }));

/** Left out of everything that compares results: its tables are empty, so everything agrees with everything. */
const emptyDatabases = new Set(['wta_1']);

/** Reads `dev.json`, `predictions/*.sql` (a line each) and `database/<name>/<name>.sqlite` of a folder. */
export function openSpider(folder: string): SpiderSet {
  const all = questionsSchema.parse(JSON.parse(readFileSync(join(folder, 'dev.json'), 'utf8')));
  const places = all.flatMap(({ db_id }, at) => (emptyDatabases.has(db_id) ? [] : [at]));
  // SQLite locks with a folder beside the file, so it gets copies: the data may be read-only.
  const copies = mkdtempSync(join(tmpdir(), 'spider-'));
  const open = new Map<string, OpenDatabase>();
  const openDatabase = (name: string): OpenDatabase => {
    const known = open.get(name);
    if (known) return known;
    const copy = join(copies, `${name}.sqlite`);
    copyFileSync(join(folder, 'database', name, `${name}.sqlite`), copy);
    const database = new sqlite.Database(copy, { readOnly: true, fileMustExist: true });
    const made = { database, names: namesOf(database) };
    open.set(name, made);
    return made;
  };
  return {
    questions: places
      .flatMap((at) => all[at] ?? [])
      .map(({ db_id, question, query }) => ({ database: db_id, text: question, gold: query })),
    predictions: new Map(
      readdirSync(join(folder, 'predictions')).map((file) => {
        const lines = readFileSync(join(folder, 'predictions', file), 'utf8').split('\n');
        return [basename(file, '.sql'), places.map((at) => (lines[at] ?? '').split('\t')[0] ?? '')];
      }),
    ),
    fileOf(name) {
      openDatabase(name);
      return join(copies, `${name}.sqlite`);
    },
    asSql: (name, sql) => withStrings(sql, openDatabase(name).names),
    execute(name, sql) {
      const { database, names } = openDatabase(name);
      // By table, since a plain row is an object in which the second of two columns of one name is lost.
      const rows = database.all(withStrings(sql, names), undefined, { expand: true });
      return { rows: rows.map((row) => Object.values(row).flatMap((part) => cellsOf(part))) };
    },
    close() {
      for (const { database } of open.values()) database.close();
      rmSync(copies, { recursive: true });
    },
  };
}

type OpenDatabase = { readonly database: InstanceType<typeof sqlite.Database>; readonly names: ReadonlySet<string> };

/** Every table and column, in lower case. */
function namesOf(database: InstanceType<typeof sqlite.Database>): ReadonlySet<string> {
  const rows = database.all(
    "SELECT m.name AS name FROM sqlite_master m UNION SELECT c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
  );
  return new Set(rows.map(({ name }) => String(name).toLowerCase()));
}

/** Spider's SQL has strings in double quotes, which this build of SQLite rightly takes for names. */
const withStrings = (sql: string, names: ReadonlySet<string>): string =>
  sql.replace(/'(?:[^']|'')*'|"([^"]*)"/g, (text, quoted: string | undefined) =>
    quoted === undefined || names.has(quoted.toLowerCase()) ? text : `'${quoted.replaceAll("'", "''")}'`,
  );

const cellsOf = (part: unknown): readonly Cell[] =>
  typeof part === 'object' && part !== null && !(part instanceof Uint8Array)
    ? Object.values(part).map(cellOf)
    : [cellOf(part)];

const cellOf = (value: unknown): Cell =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : value instanceof Uint8Array
      ? Buffer.from(value).toString('hex')
      : String(value);

/** The same rows; in the same order when the right answer has one. */
export function sameResult(gold: ResultCells, given: ResultCells, ordered: boolean): boolean {
  const [a, b] = [resultKey(gold), resultKey(given)];
  return ordered ? a.inOrder === b.inOrder : a.rows === b.rows;
}
