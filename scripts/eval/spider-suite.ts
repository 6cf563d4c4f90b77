import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../src/adapters/databases/sqlite/database.ts';
import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import { createSource, type Source } from '../../src/core/answers/source.ts';
import type { CheckedSql } from '../../src/core/data/database.ts';
import { draftModel } from '../../src/core/measures/model/draft-model.ts';
import type { LanguageModel } from '../../src/core/model/model.ts';
import { createDataSource } from '../../src/core/sql/create-data-source.ts';
import { openPolicy } from '../../src/core/sql/policy.ts';
import { isOrderedSql } from '../../src/core/sql/voting/ordered-sql.ts';
import type { ResultCells } from '../../src/core/sql/voting/result-key.ts';
import { createSyntax } from '../../src/wiring/open-database.ts';
import { openSpider, type SpiderQuestion } from '../bench/spider.ts';
import { logger, timeoutMs } from './open-source.ts';
import { createProductSuite, type ProductCase } from './product-suite.ts';
import { createRecordedModel } from './recorded-model.ts';
import type { Suite } from './suite.ts';

/** Who answers: `none`, the name of a file in `predictions/`, or a model. */
export type SpiderModel = string | LanguageModel;

const today = '2026-01-01';

/**
 * Spider's development set on its SQLite files, asked of the product. Without a model: what is composed from a semantic
 * model that is drafted for each database. With one: what the model writes, or a system once wrote, behind the guard.
 */
export async function spiderSuite(folder: string, model: SpiderModel): Promise<Suite> {
  if (!existsSync(join(folder, 'dev.json')))
    throw new Error(`${folder} has no dev.json: give Spider's folder with --data.`);
  const spider = openSpider(folder);
  if (typeof model === 'string' && model !== 'none' && !spider.predictions.has(model))
    throw new Error(`No predictions/${model}.sql there; recorded are ${[...spider.predictions.keys()].join(', ')}.`);
  const sources = new Map<string, Promise<Source>>();
  const sourceOf = (database: string): Promise<Source> => {
    const known = sources.get(database) ?? openSource(database, spider.fileOf(database), model === 'none');
    sources.set(database, known);
    return known;
  };
  const modelOf = ({ text, database }: SpiderQuestion, at: number): LanguageModel | undefined => {
    if (typeof model !== 'string') return model;
    const sql = spider.predictions.get(model)?.[at];
    return sql ? createRecordedModel([{ question: text, sql: spider.asSql(database, sql), cost_usd: 0 }]) : undefined;
  };
  const cases = spider.questions.map((question, at): ProductCase => {
    const { text, database, gold } = question;
    return {
      id: String(at),
      question: text,
      group: database,
      gold: async () => ({
        kind: 'rows',
        sql: gold,
        rows: await rowsOf(await sourceOf(database), spider.asSql(database, gold)),
        ordered: isOrderedSql(gold),
      }),
      asked: async () => ({ source: await sourceOf(database), model: modelOf(question, at) }),
    };
  });
  return createProductSuite('spider', cases, {
    notes: [
      'wta_1 is left out: its tables are empty, so that everything agrees with everything.',
      'Rows are compared strictly: a column more than asked for, or a tie at the end of the first n, is wrong.',
      ...(model === 'none' ? ['Nobody wrote a semantic model: one is drafted for each database.'] : []),
    ],
    async close() {
      for (const source of sources.values()) await (await source).database.close();
      spider.close();
    },
  });
}

/** Rows of a statement of the data set, whatever the guard thinks of it, with cells as answers have them. */
async function rowsOf({ database }: Source, text: string): Promise<ResultCells> {
  const limits = { maxRows: 100_000, maxBytes: 100_000_000, maxCellLength: 5_000, timeoutMs };
  const sql = { text, dialect: 'sqlite', relations: [] } as unknown as CheckedSql;
  return (await database.query(sql, limits, AbortSignal.timeout(timeoutMs))).rows;
}

async function openSource(name: string, path: string, drafts: boolean): Promise<Source> {
  const database = await openSqlite({ name, path, timeoutMs, logger });
  const data = createDataSource({
    name,
    description: name,
    database,
    syntax: createSyntax('sqlite'),
    today: () => today,
    ttlMs: 3_600_000,
  });
  const [semantic] = drafts ? draftModel(await data.catalogue(AbortSignal.timeout(timeoutMs))).semantic_model : [];
  const examples = { en: [], zh: [] };
  return createSource({ data, policy: openPolicy, queries: [], examples, dates: createChronoDates(), semantic });
}
