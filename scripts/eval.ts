import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { endWith, readCommandLine } from '../src/command-line.ts';
import { answerersOf, countsOf, figuresOf, isGood, type Judged, judge, mistakesOf } from './eval/judge.ts';
import { openModel } from './eval/open-model.ts';
import { readRecorded } from './eval/recorded-model.ts';
import { type ReportFacts, reportHtml } from './eval/report.ts';
import { schemaSuite } from './eval/schema-suite.ts';
import { spiderSuite } from './eval/spider-suite.ts';
import type { Suite } from './eval/suite.ts';
import { demoSuite, fileSuite, verifiedSuite } from './eval/suites.ts';

const usage = `Asks a suite of questions and compares the rows with those of the right SQL.

  npm run eval -- --suite demo
  npm run eval -- --suite spider --data FOLDER --model DAILSQL
  npm run eval -- --suite questions.jsonl --model recorded.jsonl --database sales=postgres://…

  --suite SUITE     demo      the demo shop's questions (--data: another file of them)
                    verified  every wording of every verified query of the demo: a regression test
                    spider    Spider's development set on SQLite, --data FOLDER
                    bird      questions with SQL in BIRD's format, --data FILE; with --database it runs there, without
                              one the guard reads it against FILE's -schema.json
                    FILE      JSON lines or a JSON array of {question, sql}, on --database or the demo shop
  --model MODEL     none      what verified queries and measured answers do alone (default)
                    claude    Claude, as ANTHROPIC_API_KEY and MEMORI_CLAUDE_MODEL say
                    openai    a server that speaks the OpenAI API, as OPENAI_API_KEY or OPENAI_BASE_URL say
                    FILE      recorded answers, JSON lines of {question, sql, cost_usd?}; for spider the name of a
                              file in predictions/
  --data PATH       the suite's data
  --database ENTRY  a database as in DATA_SOURCES (postgres://, mysql://, sqlite:///, duckdb:///), with its files in
                    SOURCES_FOLDER; every statement passes the guard and only reads
  --limit N         the first N questions only
  --max-usd N       stop calling a paid model after so much (default 5)
  --record FILE     write what was answered as recorded answers
  --report FILE     the report (default eval-report.html), written as the run goes on
  --json            one JSON object on standard output
  --help            this text

Exit code: 0 the run is complete, 1 it could not run; with the suite "verified" also 1 when a query fails.
`;

/** How often the report is rewritten during a run. Milliseconds. */
const reportEveryMs = 3_000;

const options = {
  suite: { type: 'string' },
  model: { type: 'string', default: 'none' },
  data: { type: 'string' },
  database: { type: 'string' },
  limit: { type: 'string' },
  'max-usd': { type: 'string', default: '5' },
  record: { type: 'string' },
  report: { type: 'string', default: 'eval-report.html' },
  json: { type: 'boolean', default: false },
} as const;
type Options = ReturnType<typeof readCommandLine<typeof options>>['values'];

const { values } = readCommandLine(usage, options);
if (values.suite === undefined)
  endWith('--suite is missing: demo, verified, spider, bird or a file. --help shows examples.');
try {
  const judged = await runSuite(await openSuite(values), values);
  process.exit(values.suite === 'verified' && judged.some(({ verdict }) => verdict !== 'right') ? 1 : 0);
} catch (error) {
  endWith(error instanceof Error ? error.message : String(error));
}

async function openSuite({ suite = '', data, database, model = 'none', 'max-usd': maxUsd }: Options): Promise<Suite> {
  const limit = Number(maxUsd);
  switch (suite) {
    case 'demo':
      return demoSuite(openModel(model, limit), data);
    case 'verified':
      return verifiedSuite(openModel(model, limit));
    case 'spider':
      return spiderSuite(
        needed(data, '--data FOLDER', suite),
        model === 'claude' || model === 'openai' ? (openModel(model, limit) ?? 'none') : model,
      );
    case 'bird': {
      const file = needed(data, '--data FILE', suite);
      if (database !== undefined) return fileSuite('bird', file, database, openModel(model, limit));
      return schemaSuite('bird', file, model === 'none' ? undefined : readRecorded(model));
    }
    default:
      if (!existsSync(suite)) throw new Error(`There is no suite and no file "${suite}". --help lists the suites.`);
      return fileSuite(suite, suite, database, openModel(model, limit));
  }
}

function needed(value: string | undefined, option: string, suite: string): string {
  if (value === undefined) throw new Error(`${option} is missing: the suite ${suite} needs its data.`);
  return value;
}

async function runSuite(suite: Suite, { model, limit, record, report, json }: Options): Promise<readonly Judged[]> {
  const cases = suite.cases.slice(0, limit === undefined ? undefined : Number(limit));
  const facts: ReportFacts = {
    suite: suite.name,
    model: model ?? 'none',
    at: new Date(),
    total: cases.length,
    notes: suite.notes,
  };
  const write = (judged: readonly Judged[]) => save(report ?? 'eval-report.html', reportHtml(facts, judged));
  const judged: Judged[] = [];
  let written = performance.now();
  for (const one of cases) {
    const given = await suite.answer(one);
    judged.push(judge(one, await suite.gold(one), given));
    progress(judged, cases.length);
    if (performance.now() - written < reportEveryMs || judged.length === cases.length) continue;
    written = performance.now();
    write(judged);
  }
  await suite.close();
  write(judged);
  if (record !== undefined) save(record, recordedLines(judged));
  print(facts, judged, json ?? false);
  if (!json) process.stdout.write(`Report: ${report}\n`);
  return judged;
}

function print({ suite, model }: ReportFacts, judged: readonly Judged[], json: boolean): void {
  const figures = figuresOf(judged);
  const [verdicts, mistakes, answerers] = [countsOf(judged), mistakesOf(judged), answerersOf(judged)];
  if (json) {
    const all = { eval: suite, model, n: judged.length, ...figures, verdicts, mistakes, answerers };
    process.stdout.write(`${JSON.stringify(all)}\n`);
    return;
  }
  console.table(figures);
  console.table(verdicts);
  if (Object.keys(mistakes).length > 0) console.table(mistakes);
  console.table(answerers);
}

/** Overwrites one line on a terminal; prints a line now and then elsewhere. */
function progress(judged: readonly Judged[], total: number): void {
  const good = judged.filter(isGood).length;
  const text = `${judged.length} of ${total}, ${good} ${judged[0]?.verdict === 'accepted' ? 'accepted' : 'right'}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}${judged.length === total ? '\n' : ''}`);
  else if (judged.length % 100 === 0 || judged.length === total) process.stderr.write(`${text}\n`);
}

function recordedLines(judged: readonly Judged[]): string {
  return judged
    .flatMap(({ one, given }) =>
      given.sql === undefined
        ? []
        : [`${JSON.stringify({ question: one.question, sql: given.sql, cost_usd: given.costMicroUsd / 1e6 })}\n`],
    )
    .join('');
}

function save(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // Whole or not at all: a browser may be reading it.
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
