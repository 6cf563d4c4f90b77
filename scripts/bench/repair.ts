import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openPglite } from '../../src/adapters/databases/pglite/database.ts';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres/syntax.ts';
import { readCommandLine } from '../../src/command-line.ts';
import { failureOf } from '../../src/core/answers/repair.ts';
import { isMemoriError, type MemoriError } from '../../src/core/base/errors.ts';
import type { Catalogue } from '../../src/core/data/catalogue.ts';
import { checkSql } from '../../src/core/sql/check-sql.ts';
import { openPolicy } from '../../src/core/sql/policy.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { goldOf } from './gold-names.ts';
import { catalogueOf, readDatabases } from './linking-data.ts';
import { type Mistake, mistakesIn } from './mistakes.ts';

const usage = `Whether a wrong name in a statement is answered with the right one: each column and table of right statements is written
in one of the ways that models and people get names wrong, and the guard's objection is read as the model and the person
get it. offered: the right name is among those offered; first: it is the first; span: the mark in the statement is on the
wrong name. The baseline offers the three names of the schema with the fewest edits.

  npm run bench:repair [-- --data FILE]

  --data FILE       questions with PostgreSQL in BIRD's format, <name>.json and <name>-schema.json (default: the demo's
                    questions with their SQL on the demo shop)
  --missed          list the names that are not offered
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  missed: { type: 'boolean', default: false },
});

type Statement = { readonly sql: string; readonly catalogue: Catalogue };

const file = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

async function ownStatements(): Promise<readonly Statement[]> {
  const logger = { info: () => undefined, warn: console.error, error: console.error };
  const shop = await openPglite({ name: 'shop', dump: file('demo/shop.tar.gz'), timeoutMs: 30_000, logger });
  const catalogue = await shop.catalogue(AbortSignal.timeout(30_000));
  await shop.close();
  return readJsonLines(file('test/fixtures/measures/demo-questions.jsonl')).flatMap((line) => {
    const { sql } = z.object({ sql: z.string().nullable() }).parse(line);
    return sql === null ? [] : [{ sql, catalogue }];
  });
}

function birdStatements(path: string): readonly Statement[] {
  const databases = readDatabases(path);
  const catalogues = new Map(
    Object.keys(databases).map((name) => [name, catalogueOf(databases, [name], () => 'public')]),
  );
  const questions = z
    .array(z.object({ db_id: z.string(), SQL: z.string() }))
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  return questions.flatMap(({ db_id, SQL }) => {
    const catalogue = catalogues.get(db_id);
    return catalogue ? [{ sql: SQL, catalogue }] : [];
  });
}

const syntax = createPostgresSyntax();

async function objectionTo(sql: string, catalogue: Catalogue): Promise<MemoriError | undefined> {
  try {
    await checkSql(sql, { dialect: 'postgres', catalogue, policy: openPolicy, maxRows: 1000, syntax });
    return undefined;
  } catch (error) {
    if (isMemoriError(error, 'sql_refused')) return error;
    throw error;
  }
}

type Judged = Mistake & {
  readonly offered: readonly string[];
  readonly span: boolean;
  readonly baseline: readonly string[];
};

/** Names offered in the advice, in their order (a list of all there are is no offer), each as a column or table alone and with its table where that is told. */
function namesIn(advice: string): readonly string[] {
  const lists = [...advice.matchAll(/(?:Did you mean|Perhaps:) (.+?)(?:\?|\.(?= |$)|$)/g)];
  return lists
    .flatMap(([, list = '']) => list.split(/, | or /))
    .flatMap((name) => [name, name.split('.').at(-1) ?? '']);
}

async function judge(mistake: Mistake, catalogue: Catalogue): Promise<Judged | undefined> {
  const error = await objectionTo(mistake.sql, catalogue);
  if (error === undefined || !/^unknown_(column|table)$/.test(String(error.details.reason))) return undefined;
  const failure = failureOf(error, mistake.sql, catalogue);
  const marked = /»([^«]*)«/.exec(failure.at ?? '')?.[1] ?? '';
  return {
    ...mistake,
    offered: namesIn(failure.hint ?? ''),
    span: marked.replaceAll('"', '').toLowerCase().includes(mistake.wrong.toLowerCase()),
    baseline: fewestEdits(mistake.wrong, schemaNames(catalogue)),
  };
}

const schemaNames = ({ tables }: Catalogue): readonly string[] =>
  tables.flatMap((table) => [table.name, ...table.columns.map(({ name }) => name)]);

function fewestEdits(wanted: string, names: readonly string[]): readonly string[] {
  const scored = [...new Set(names)].map((name) => ({
    name,
    edits: editsBetween(wanted.toLowerCase(), name.toLowerCase()),
  }));
  return scored
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ name }) => name);
}

function editsBetween(a: string, b: string): number {
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries())
      current.push(
        Math.min(
          (last[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          (last[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    last = current;
  }
  return last[b.length] ?? 0;
}

const isSame = (a: string | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase();
const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;

function figuresOf(judged: readonly Judged[]) {
  const share = (is: (one: Judged) => boolean) => percent(judged.filter(is).length, judged.length);
  return {
    n: judged.length,
    offered_pct: share(({ offered, right }) => offered.some((name) => isSame(name, right))),
    first_pct: share(({ offered, right }) => isSame(offered[0], right)),
    span_pct: share(({ span }) => span),
    fewest_edits_pct: share(({ baseline, right }) => baseline.some((name) => isSame(name, right))),
  };
}

const statements = options.data === undefined ? await ownStatements() : birdStatements(options.data);
const judged: Judged[] = [];
for (const { sql, catalogue } of statements) {
  const { tables, columns } = goldOf(await syntax.parse(sql), catalogue);
  for (const mistake of mistakesIn(sql, { tables, columns }, catalogue)) {
    const one = await judge(mistake, catalogue);
    if (one !== undefined) judged.push(one);
  }
}
const kinds = [...new Set(judged.map(({ kind }) => kind))];
const all = figuresOf(judged);
const byKind = Object.fromEntries(kinds.map((kind) => [kind, figuresOf(judged.filter((one) => one.kind === kind))]));
if (options.missed)
  for (const { kind, right, wrong, offered } of judged)
    if (!offered.some((name) => isSame(name, right)))
      console.log(`${kind}: ${wrong} for ${right}, offered ${offered.join(', ') || 'nothing'}`);
if (options.json) {
  const { n, fewest_edits_pct, ...ours } = all;
  const systems = { ours: { ...ours, kinds: byKind }, fewest_edits: { offered_pct: fewest_edits_pct } };
  console.log(JSON.stringify({ bench: 'repair', data: options.data ?? 'demo', n, systems }));
} else console.table({ ...byKind, all });
process.exit(0);
