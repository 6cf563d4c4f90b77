import { readCommandLine } from '../../src/command-line.ts';
import { isOrderedSql } from '../../src/core/sql/voting/ordered-sql.ts';
import { selectByExecution } from '../../src/core/sql/voting/select-by-execution.ts';
import { openSpider, type SpiderQuestion, sameResult } from './spider.ts';

const usage = `How much choosing by execution adds to the first candidate. For each set of systems, the candidates are one prediction of
each, the system that is best alone first. first takes that one, mean any one (the average over the systems), oracle a
right one if there is any.

  npm run bench:voting -- --data FOLDER [--systems DAILSQL,DINSQL,SuperSQL]

  --data FOLDER     Spider's layout with recorded predictions (see openSpider); needed
  --systems LIST    a set of systems; may be given several times
  --json            one JSON object on standard output
  --help            this text`;
const { values: options } = readCommandLine(usage, {
  data: { type: 'string' },
  systems: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
});
if (options.data === undefined) {
  console.error('--data FOLDER is missing: a folder in the layout of Spider with recorded predictions.');
  process.exit(1);
}
const spider = openSpider(options.data);

type Judged = {
  readonly sql: string;
  readonly rows: ReturnType<typeof spider.execute>['rows'] | undefined;
  readonly right: boolean;
};

/** Runs a statement once and says whether it gives what the right one does. */
function judge({ database, gold }: SpiderQuestion, sql: string): Judged {
  const wanted = spider.execute(database, gold).rows;
  try {
    const { rows } = spider.execute(database, sql);
    return { sql, rows, right: sameResult(wanted, rows, isOrderedSql(gold)) };
  } catch {
    return { sql, rows: undefined, right: false };
  }
}

const judged = new Map(
  [...spider.predictions].map(([name, all]) => [
    name,
    spider.questions.map((question, at) => judge(question, all[at] ?? '')),
  ]),
);
const rightOf = (name: string): number => judged.get(name)?.filter(({ right }) => right).length ?? 0;
const byQuality = [...judged.keys()].sort((a, b) => rightOf(b) - rightOf(a));

async function measure(names: readonly string[]) {
  const ranked = byQuality.filter((name) => names.includes(name));
  let [first, oracle, ours] = [0, 0, 0];
  for (const at of spider.questions.keys()) {
    const candidates = ranked.flatMap((name) => judged.get(name)?.[at] ?? []);
    const vote = await selectByExecution(
      candidates.map((value) => ({ value, ordered: isOrderedSql(value.sql) })),
      async ({ rows }) => {
        if (rows === undefined) throw new Error('failed');
        return { rows };
      },
    );
    if (candidates[0]?.right) first += 1;
    if (candidates.some(({ right }) => right)) oracle += 1;
    if (vote?.value.right) ours += 1;
  }
  const n = spider.questions.length;
  const mean = ranked.reduce((sum, name) => sum + rightOf(name), 0) / (ranked.length || 1);
  return {
    candidates: ranked.join(' '),
    mean_pct: percent(mean, n),
    first_pct: percent(first, n),
    oracle_pct: percent(oracle, n),
    ours_pct: percent(ours, n),
  };
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;

const sets = options.systems?.map((list) => list.split(',')) ?? [
  ['DAILSQL', 'DINSQL', 'SuperSQL'].filter((name) => judged.has(name)),
  byQuality,
];
const results = [];
for (const set of sets) results.push(await measure(set));
spider.close();
const alone = Object.fromEntries(
  byQuality.map((name) => [name, { pct: percent(rightOf(name), spider.questions.length) }]),
);
if (options.json)
  console.log(
    JSON.stringify({
      bench: 'voting',
      data: options.data,
      n: spider.questions.length,
      systems: {
        ours: results[0],
        ...Object.fromEntries(
          results.slice(1).map((result) => [`ours_of_${result.candidates.split(' ').length}`, result]),
        ),
        ...alone,
      },
    }),
  );
else {
  console.table(alone);
  console.table(results);
}
