import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { LanguageModel } from '../src/core/model.ts';
import { loadConfig } from '../src/process.ts';
import { countsOf, figuresOf, type Judged, judge } from './eval/judge.ts';
import { openPaidModel } from './eval/paid-model.ts';
import { createRecordedModel, readRecorded } from './eval/recorded-model.ts';
import { reportHtml } from './eval/report.ts';
import type { Suite } from './eval/suite.ts';
import { demoSuite, fileSuite, spiderSuite, verifiedSuite } from './eval/suites.ts';

const usage = `Asks a suite of questions and compares the rows with those of the right SQL.

  npm run eval -- --suite demo --model none
  npm run eval -- --suite spider --data FOLDER --model DAILSQL
  npm run eval -- --suite questions.jsonl --model recorded.jsonl --database postgres://…

  --suite SUITE     demo      the demo shop's questions (--data: another file of them)
                    verified  every wording of every verified query of the demo: a regression test
                    spider    Spider's development set on SQLite, --data FOLDER
                    bird      questions with SQL in BIRD's format, --data FILE --database URL
                    FILE      JSON lines or a JSON array of {question, sql}, on --database or the demo shop
  --model MODEL     none      what verified queries answer alone (default)
                    claude    Claude, as ANTHROPIC_API_KEY and MEMORI_CLAUDE_MODEL say
                    FILE      recorded answers, JSON lines of {question, sql, cost_usd?}; for spider the name of a
                              file in predictions/
  --data PATH       the suite's data
  --database URL    a PostgreSQL database; every statement passes the guard and runs read-only
  --limit N         the first N questions only
  --max-usd N       stop calling a paid model after so much (default 5)
  --record FILE     write what was answered as recorded answers
  --report FILE     the report (default eval-report.html)
  --json            one JSON object on standard output
  --help            this text

Exit code: 0 the run is complete, 1 it could not run; with the suite "verified" also 1 when a query fails.
`;

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
  help: { type: 'boolean', short: 'h', default: false },
} as const;
type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

try {
  const { values } = parseArgs({ options });
  if (values.help || values.suite === undefined) {
    process.stdout.write(usage);
    process.exit(values.help ? 0 : 1);
  }
  const judged = await runSuite(await openSuite(values), values);
  process.exit(values.suite === 'verified' && judged.some(({ verdict }) => verdict !== 'right') ? 1 : 0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function openSuite({ suite = '', data, database, model, 'max-usd': maxUsd }: Options): Promise<Suite> {
  switch (suite) {
    case 'demo':
      return demoSuite(openModel(model, Number(maxUsd)), data);
    case 'verified':
      return verifiedSuite(openModel(model, Number(maxUsd)));
    case 'spider':
      if (data === undefined) throw new Error('--data FOLDER is missing: the suite spider needs its data.');
      if (model === 'claude')
        throw new Error('The suite spider compares recorded SQL: give the name of a file in predictions/.');
      return spiderSuite(data, model === 'none' ? undefined : model);
    case 'bird':
      if (data === undefined || database === undefined)
        throw new Error(
          '--data FILE and --database URL are missing: the suite bird needs its questions and its database.',
        );
      return fileSuite('bird', data, database, openModel(model, Number(maxUsd)));
    default:
      if (!existsSync(suite)) throw new Error(`There is no suite and no file "${suite}". --help lists the suites.`);
      return fileSuite(suite, suite, database, openModel(model, Number(maxUsd)));
  }
}

function openModel(name: string | undefined, maxUsd: number): LanguageModel | undefined {
  if (name === undefined || name === 'none') return undefined;
  if (name === 'claude') return openPaidModel(loadConfig().model, maxUsd);
  if (!existsSync(name)) throw new Error(`There is no model and no recorded file "${name}".`);
  return createRecordedModel(readRecorded(name));
}

async function runSuite(suite: Suite, { model, limit, record, report, json }: Options): Promise<readonly Judged[]> {
  const cases = suite.cases.slice(0, limit === undefined ? undefined : Number(limit));
  const judged: Judged[] = [];
  for (const one of cases) {
    const given = await suite.answer(one);
    judged.push(judge(one, await suite.gold(one), given));
    progress(judged, cases.length);
  }
  await suite.close();
  const facts = { suite: suite.name, model: model ?? 'none', at: new Date() };
  save(report ?? 'eval-report.html', reportHtml(facts, judged));
  if (record !== undefined) save(record, recordedLines(judged));
  const figures = { ...figuresOf(judged), verdicts: countsOf(judged) };
  if (json)
    process.stdout.write(`${JSON.stringify({ eval: suite.name, model: facts.model, n: judged.length, ...figures })}\n`);
  else {
    console.table(figuresOf(judged));
    console.table(countsOf(judged));
    process.stdout.write(`Report: ${report}\n`);
  }
  return judged;
}

/** One line that is written over on a terminal, and now and then a line elsewhere. */
function progress(judged: readonly Judged[], total: number): void {
  const right = judged.filter(({ verdict }) => verdict === 'right').length;
  const text = `${judged.length} of ${total}, ${right} right`;
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
  writeFileSync(path, text);
}
