import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from 'winston';
import { openPglite } from '../../../src/adapters/databases/pglite/database.ts';
import { openSqlite } from '../../../src/adapters/databases/sqlite/database.ts';
import { createChronoDates } from '../../../src/adapters/dates/chrono-dates.ts';
import { openSemanticFile } from '../../../src/adapters/sources/open-semantic-file.ts';
import { openMeasures } from '../../../src/core/answers/open-measures.ts';
import { isMemoriError } from '../../../src/core/base/errors.ts';
import type { Catalogue } from '../../../src/core/data/catalogue.ts';
import type { Cell, Database } from '../../../src/core/data/database.ts';
import type { Measures } from '../../../src/core/measures/create-measures.ts';
import { draftModel } from '../../../src/core/measures/model/draft-model.ts';
import type { Model } from '../../../src/core/measures/model/model.ts';
import type { OssieModel } from '../../../src/core/measures/model/ossie.ts';
import { resolveModel } from '../../../src/core/measures/model/resolve-model.ts';
import { checkSql } from '../../../src/core/sql/check-sql.ts';
import type { DataSource } from '../../../src/core/sql/data-source.ts';
import { createSyntax } from '../../../src/wiring/open-database.ts';

export type Rows = readonly (readonly Cell[])[];

/** A database that is asked the way the product asks it, with its written or drafted model. */
export type Asked = {
  readonly name: string;
  readonly model: Model;
  readonly measures: Measures;
  readonly today: string;
  /** Guarded and run; an error's words where it cannot be. */
  rows(sql: string): Promise<Rows | string>;
  close(): Promise<void>;
};

const logger = createLogger({ silent: true });
const limits = { maxRows: 20_000, maxBytes: 50_000_000, maxCellLength: 1_000, timeoutMs: 20_000 };
const policy = { hiddenColumns: [], approvedFunctions: [] };
const root = fileURLToPath(new URL('../../..', import.meta.url));

async function openAsked(
  database: Database,
  modelOf: (catalogue: Catalogue) => Promise<OssieModel | undefined> | OssieModel | undefined,
  day: string | undefined,
): Promise<Asked> {
  const { signal } = new AbortController();
  const catalogue = await database.catalogue(signal);
  const file = await modelOf(catalogue);
  if (file === undefined) throw new Error(`There is no model for ${database.name}.`);
  const syntax = createSyntax(database.dialect);
  const rows: Asked['rows'] = async (sql) => {
    try {
      const { dialect } = database;
      const checked = await checkSql(sql, { catalogue, policy, maxRows: limits.maxRows, syntax, dialect });
      return (await database.query(checked, limits, signal)).rows;
    } catch (error) {
      if (isMemoriError(error)) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  const { model } = resolveModel(file, catalogue);
  const today = day ?? (await lastDay(model, rows));
  const data: DataSource = {
    name: database.name,
    description: '',
    database,
    syntax,
    catalogue: async () => catalogue,
    today: () => today,
  };
  const measures = await openMeasures({ model: file, catalogue, data, policy, dates: createChronoDates() }, signal);
  return { name: database.name, model, measures, today, rows, close: () => database.close() };
}

/** The day on which the data end, so that "this year" has rows; years to come are somebody's slip. */
async function lastDay({ fields, datasets }: Model, rows: Asked['rows']): Promise<string> {
  const dated = [...fields.values()].filter(({ type }) => type === 'date' || type === 'timestamp');
  const found: string[] = [];
  for (const { dataset, expression } of dated) {
    const last = await rows(`SELECT max(${expression}) FROM ${datasets.get(dataset)?.source}`);
    const day = typeof last === 'string' ? '' : String(last[0]?.[0] ?? '').slice(0, 10);
    if (/^(?:19\d|20[0-2])\d-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))) found.push(day);
  }
  return found.sort().at(-1) ?? '2020-06-01';
}

async function openDemo(): Promise<Asked> {
  const database = await openPglite({ name: 'demo', dump: join(root, 'demo/shop.tar.gz'), timeoutMs: 30_000, logger });
  const modelOf = async () => (await openSemanticFile(join(root, 'demo/shop.semantic.yaml'))).semantic_model[0];
  return openAsked(database, modelOf, '2026-10-31');
}

async function openFile(path: string): Promise<Asked> {
  const name = basename(path).replace(/\.\w+$/, '');
  const database = await openSqlite({ name, path, timeoutMs: 30_000, logger });
  return openAsked(database, (catalogue) => draftModel(catalogue).semantic_model[0], undefined);
}

/** `demo`, a SQLite file, or a folder with some: each opened when its turn comes. */
export function findAsked(data: string): readonly (() => Promise<Asked>)[] {
  if (data === 'demo') return [openDemo];
  if (statSync(data).isFile()) return [() => openFile(data)];
  return readdirSync(data, { recursive: true })
    .map(String)
    .filter((name) => /\.(?:sqlite3?|db)$/.test(name))
    .sort()
    .map((name) => () => openFile(join(data, name)));
}
