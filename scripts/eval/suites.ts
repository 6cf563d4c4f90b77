import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createChronoDates } from '../../src/adapters/dates/chrono-dates.ts';
import type { SyntaxTree } from '../../src/core/data/syntax.ts';
import { wholeSpan } from '../../src/core/language/periods.ts';
import type { LanguageModel } from '../../src/core/model/model.ts';
import { bindParameters, parseTemplate } from '../../src/core/sql/postgres/bind-sql.ts';
import type { BoundParameter, BoundParameters } from '../../src/core/verified/verified-match.ts';
import type { VerifiedQuery } from '../../src/core/verified/verified-query.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { type OpenSource, openEvalSource } from './open-source.ts';
import { createProductSuite } from './product-suite.ts';
import type { Suite } from './suite.ts';

const fixtures = (name: string): string => fileURLToPath(new URL(`../../test/fixtures/${name}`, import.meta.url));

const demoQuestion = z.object({
  question: z.string(),
  id: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.tuple([z.string(), z.string()])])).default({}),
});

/** A suite on one database, which is closed with it. */
const ofOne = ({ source }: OpenSource): Pick<Suite, 'notes' | 'close'> => ({
  notes: [],
  close: () => source.database.close(),
});

/** Questions with the verified query and parameters that are right; rows decide, whoever answers. */
export async function demoSuite(model: LanguageModel | undefined, data?: string): Promise<Suite> {
  const open = await openEvalSource(undefined);
  const cases = readJsonLines(data ?? fixtures('demo-questions.jsonl')).map((line, at) => {
    const { question, id, parameters } = demoQuestion.parse(line);
    return {
      id: String(at + 1),
      question,
      group: id,
      gold: async () => ({ sql: await verifiedSql(open, id, parameters) }),
      asked: async () => ({ source: open.source, model }),
    };
  });
  return createProductSuite('demo', cases, ofOne(open));
}

/** Every wording of every verified query of the demo, as a regression test: it finds its own query, which runs. */
export async function verifiedSuite(model: LanguageModel | undefined): Promise<Suite> {
  const open = await openEvalSource(undefined);
  const cases = open.queries.flatMap((query) =>
    wordingsOf(query).map((question, at) => ({
      id: `${query.id}-${at + 1}`,
      question,
      group: query.id,
      gold: async () => ({ kind: 'query' as const, id: query.id }),
      asked: async () => ({ source: open.source, model }),
    })),
  );
  return createProductSuite('verified', cases, ofOne(open));
}

/** Wordings whose parameters all have a default, without them. */
function wordingsOf(query: VerifiedQuery): readonly string[] {
  const needed = Object.entries(query.parameters).flatMap(([name, { default: value }]) =>
    value === undefined ? [name] : [],
  );
  if (needed.length > 0) return [];
  return query.questions
    .filter((text) => !/\{\w+\}.*\{\w+\}/.test(text))
    .map((text) =>
      text
        .replace(/\s*\{\w+\}\s*/g, ' ')
        .replace(/\s+([?？])/g, '$1')
        .trim(),
    );
}

const fileQuestion = z.object({
  question: z.string(),
  id: z.coerce.string().optional(),
  question_id: z.coerce.string().optional(),
  db_id: z.string().default('file'),
  sql: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  SQL: z.string().optional(),
});

/**
 * Questions with their SQL, as JSON lines or one JSON array ({question, sql} or BIRD's {question, SQL, db_id}), on the
 * database at an entry of DATA_SOURCES; without one, on the demo shop.
 */
export async function fileSuite(
  name: string,
  path: string,
  url: string | undefined,
  model: LanguageModel | undefined,
): Promise<Suite> {
  const parsed: unknown = path.endsWith('.json') ? JSON.parse(readFileSync(path, 'utf8')) : readJsonLines(path);
  const open = await openEvalSource(url);
  const cases = z
    .array(fileQuestion)
    .parse(parsed)
    .map((one, at) => {
      const sql = one.SQL ?? (typeof one.sql === 'string' ? one.sql : one.sql?.[0]);
      if (sql === undefined) throw new Error(`${path}: question ${at + 1} has no SQL`);
      return {
        id: one.question_id ?? one.id ?? String(at + 1),
        question: one.question,
        group: one.db_id,
        gold: async () => ({ sql }),
        asked: async () => ({ source: open.source, model }),
      };
    });
  return createProductSuite(name, cases, ofOne(open));
}

type DemoParameters = z.infer<typeof demoQuestion>['parameters'];

/** The verified query's SQL with the parameters in it, and the defaults of the others. */
async function verifiedSql({ source, queries }: OpenSource, id: string, given: DemoParameters): Promise<SyntaxTree> {
  const query = queries.find((one) => one.id === id);
  if (!query) throw new Error(`no verified query ${id}`);
  const verified = await source.verified(AbortSignal.timeout(30_000));
  const bound: BoundParameters = Object.fromEntries(
    Object.entries(query.parameters).flatMap(([name, { type, default: fallback }]) => {
      const value = given[name] ?? (type === 'period' ? defaultPeriod(fallback, source.today()) : fallback);
      return value === undefined ? [] : [[name, parameterOf(type, value)] as const];
    }),
  );
  const { sql, values } = verified.bind({ query, parameters: bound });
  const literals = Object.fromEntries(
    Object.entries(values).map(([name, { type, value }]) => [name, type === 'date' ? { date: value } : value]),
  );
  return bindParameters(await parseTemplate(sql, source.syntax), literals);
}

function defaultPeriod(text: string | number | undefined, today: string): [string, string] | undefined {
  const span = wholeSpan(String(text ?? ''), { today, dates: createChronoDates() });
  return span && [span.start, span.end];
}

function parameterOf(type: BoundParameter['type'], value: DemoParameters[string]): BoundParameter {
  const asked = { display: String(value), asked: true };
  if (type === 'period' && Array.isArray(value)) return { type, value: { start: value[0], end: value[1] }, ...asked };
  if ((type === 'integer' || type === 'number') && typeof value === 'number') return { type, value, ...asked };
  if ((type === 'value' || type === 'choice') && typeof value === 'string') return { type, value, ...asked };
  throw new Error(`${JSON.stringify(value)} is no ${type}`);
}
