import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../../src/command-line.ts';
import { kindOf } from '../../src/core/measures/reading/reading-kind.ts';
import type { Judged } from './measures-ask.ts';
import { askDemo } from './measures-demo.ts';
import { askSpider } from './measures-spider.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const usage = `Measures the answers that are composed without a model: how many questions are answered, and how many of these right.
Beside our figures are those by Spider's own strict match (measures-judge.ts says what ours tolerates). SQLite files are
read by python3.

  npm run bench:measures [-- --data FILE_OR_FOLDER]

  --data PATH       questions with gold SQL on the demo database with its written model (default: the repository's own),
                    or a folder in the layout of Spider (dev.json, tables.json, database/<name>/<name>.sqlite), with
                    drafted models only
  --inferred-keys   leave out the keys that a folder declares and guess them by name
  --wrong           list the answers that are wrong
  --abstained       list the questions that are not answered
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  'inferred-keys': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  wrong: { type: 'boolean', default: false },
  abstained: { type: 'boolean', default: false },
});

type Figures = {
  readonly n: number;
  readonly coverage_pct: number;
  readonly precision_pct: number;
  readonly strict_precision_pct: number;
  readonly correct_pct: number;
  readonly p95_ms: number;
  readonly first_ms: number;
};

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
const tenths = (value: number | undefined): number => Math.round(10 * (value ?? 0)) / 10;
function figuresOf(judged: readonly Judged[]): Figures {
  const answerable = judged.filter(({ gold }) => gold !== undefined);
  const answered = answerable.filter(({ verdict }) => verdict !== 'abstained').length;
  const right = answerable.filter(({ verdict }) => verdict === 'right').length;
  const strict = answerable.filter(({ isStrict }) => isStrict).length;
  // An answer to what cannot be answered is a wrong one.
  const wrong = judged.filter(({ verdict }) => verdict === 'wrong').length;
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    n: judged.length,
    coverage_pct: share(answered, answerable.length),
    precision_pct: share(right, right + wrong),
    strict_precision_pct: share(strict, right + wrong),
    correct_pct: share(right, answerable.length),
    p95_ms: tenths(times[Math.floor(times.length * 0.95)]),
    first_ms: tenths(judged[0]?.ms),
  };
}

const { data = join(root, 'test/fixtures/measures/demo-questions.jsonl') } = options;
const judged = statSync(data).isDirectory() ? askSpider(data, !options['inferred-keys']) : await askDemo(root, data);
const groups = (all: readonly Judged[], by: (one: Judged) => string): Record<string, Figures> =>
  Object.fromEntries(
    [...new Set(all.map(by))].sort().map((name) => [name, figuresOf(all.filter((one) => by(one) === name))]),
  );

/** What src/core/measures/reading/right-by-kind.ts keeps: of the answers of each kind of reading, how many are right. */
function countsByKind(): Record<string, { readonly answered: number; readonly right: number; readonly pct: number }> {
  const answered = judged.flatMap((one) => (one.reading === undefined ? [] : [{ ...one, read: kindOf(one.reading) }]));
  return Object.fromEntries(
    [...new Set(answered.map(({ read }) => read))].sort().map((kind) => {
      const own = answered.filter(({ read }) => read === kind);
      const right = own.filter(({ verdict }) => verdict === 'right').length;
      return [kind, { answered: own.length, right, pct: share(right, own.length) }];
    }),
  );
}

/** The closed databases stay closed: nothing of them is listed but their total. */
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
      sets: groups(judged, ({ set }) => set),
      by_kind: countsByKind(),
    }),
  );
} else {
  console.table(groups(shown, ({ kind }) => kind));
  console.log('By kind of reading:');
  console.table(countsByKind());
  console.table({ ...groups(judged, ({ set }) => set), all: figuresOf(judged) });
}
