import { join } from 'node:path';
import { createLogger } from 'winston';
import { z } from 'zod';
import { openPglite } from '../../src/adapters/databases/pglite/database.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres/syntax.ts';
import { openSemanticFile } from '../../src/adapters/sources/open-semantic-file.ts';
import { isMemoriError } from '../../src/core/base/errors.ts';
import { createMeasures } from '../../src/core/measures/create-measures.ts';
import { labelQueries, labelValues } from '../../src/core/measures/model/label-values.ts';
import { checkSql } from '../../src/core/sql/postgres/check-sql.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { ask, dates, type Judged } from './measures-ask.ts';
import { isRight, isStrictlyRight, type Rows } from './measures-judge.ts';

const logger = createLogger({ silent: true });
const limits = { maxRows: 20_000, maxBytes: 50_000_000, maxCellLength: 5000, timeoutMs: 20_000 };

/** One question a line. `sql`, or `gold`, is null for what cannot be answered. */
const lineSchema = z
  .object({
    question: z.string(),
    sql: z.string().nullish(),
    gold: z.string().nullish(),
    answerable: z.boolean().optional(),
    kind: z.string().default('questions'),
  })
  .transform(({ question, sql, gold, answerable, kind }) => ({
    question,
    kind: answerable === false ? 'unanswerable' : kind,
    gold: answerable === false ? undefined : (sql ?? gold ?? undefined),
  }));

/** The demo database with its written model, asked the questions of a file. */
export async function askDemo(root: string, file: string): Promise<readonly Judged[]> {
  const database = await openPglite({ name: 'shop', dump: join(root, 'demo/shop.tar.gz'), timeoutMs: 20_000, logger });
  const catalogue = await database.catalogue(new AbortController().signal);
  const [model] = (await openSemanticFile(join(root, 'demo/shop.semantic.yaml'))).semantic_model;
  if (model === undefined) throw new Error('The demo has no model.');
  const syntax = createPostgresSyntax();
  const policy = { hiddenColumns: [], approvedFunctions: [] };
  const query = async (sql: string): Promise<Rows | string> => {
    try {
      const checked = await checkSql(sql, { catalogue, policy, maxRows: 20_000, syntax });
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
  const judged: Judged[] = [];
  for (const line of readJsonLines(file)) {
    const tried = ask(measures, { ...lineSchema.parse(line), set: 'demo' });
    const { gold, sql } = tried;
    if (sql === undefined || gold === undefined) {
      judged.push({ ...tried, verdict: sql === undefined ? 'abstained' : 'wrong', isStrict: false });
      continue;
    }
    const [wanted, ours] = [await query(gold), await query(sql)];
    if (typeof wanted === 'string') throw new Error(`Gold of "${tried.question}" fails: ${wanted}\n${gold}`);
    const pair = typeof ours === 'string' ? undefined : { gold: wanted, ours, goldSql: gold, ourSql: sql };
    judged.push({
      ...tried,
      reply: typeof ours === 'string' ? ours : tried.reply,
      verdict: pair !== undefined && isRight(pair) ? 'right' : 'wrong',
      isStrict: pair !== undefined && isStrictlyRight(pair),
    });
  }
  await database.close();
  return judged;
}
