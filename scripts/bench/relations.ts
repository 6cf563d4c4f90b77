import { readCommandLine } from '../../src/command-line.ts';
import { createChance } from '../../test/support/oracle/chance.ts';
import { createAsker } from './relations/answers.ts';
import { chineseIsEnglish } from './relations/chinese.ts';
import { dateRelations } from './relations/dates.ts';
import { filteringRelations } from './relations/filtering.ts';
import { followUpIsWhole } from './relations/follow-ups.ts';
import { meaningRelations } from './relations/meaning.ts';
import { namesOf } from './relations/names.ts';
import { type Asked, findAsked } from './relations/open-asked.ts';
import { partRelations } from './relations/parts.ts';
import type { Tried } from './relations/relation.ts';
import { seriesRelations } from './relations/series.ts';
import { shareRelations } from './relations/shares.ts';
import { sideRelations } from './relations/sides.ts';
import { spanRelations } from './relations/spans.ts';
import { wordingRelations } from './relations/wording.ts';

const usage = `Looks for answers that contradict each other: questions made from a model's own names, asked the way the product asks
them, and relations that must hold between their figures whatever the model and the data.

  npm run bench:relations -- --data demo|FILE.sqlite|FOLDER [--pairs 1000] [--seed 1] [--show 2] [--json]

--data may be given several times; demo has its written model, SQLite files have the one that the product drafts.
--pairs is for all databases together. A pair of which a side is not answered is counted apart. Each violation is
printed with its questions, their SQL and what they give; of each kind --show a database. Ends with 1 when there is one.`;

const { values: options } = readCommandLine(usage, {
  data: { type: 'string', multiple: true, default: ['demo'] },
  pairs: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  show: { type: 'string', default: '2' },
  json: { type: 'boolean', default: false },
});

const relations = [
  ...partRelations,
  ...seriesRelations,
  ...shareRelations,
  ...sideRelations,
  ...spanRelations,
  followUpIsWhole,
  ...wordingRelations,
  chineseIsEnglish,
  ...filteringRelations,
  ...dateRelations,
  ...meaningRelations,
];

type Broken = Extract<Tried, { kind: 'broken' }> & { readonly relation: string; readonly database: string };
type Tally = { held: number; broken: number; unanswered: number };
type Found = {
  readonly pairs: number;
  readonly questions: number;
  readonly broken: readonly Broken[];
  readonly tallies: ReadonlyMap<string, Tally>;
};

/** How many times to look for a new pair in a small model before giving up. */
const patience = 40;

async function tryRelations(asked: Asked, wanted: number, seed: number): Promise<Found> {
  const asker = createAsker(asked);
  const names = namesOf(asked.model);
  const chance = createChance(seed);
  const tallies = new Map<string, Tally>();
  const broken: Broken[] = [];
  const seen = new Set<string>();
  let pairs = 0;
  for (let turn = 0; pairs < wanted && turn < wanted * patience; turn++) {
    const relation = relations[turn % relations.length];
    const tried = await relation?.try({ names, chance, asker });
    if (relation === undefined || tried === undefined) continue;
    const tally = tallies.get(relation.name) ?? { held: 0, broken: 0, unanswered: 0 };
    tallies.set(relation.name, tally);
    tally[tried.kind] += 1;
    if (tried.kind !== 'unanswered') pairs += 1;
    if (tried.kind !== 'broken') continue;
    const key = tried.answers.map(({ question }) => question).join('|');
    if (!seen.has(key)) broken.push({ ...tried, relation: relation.name, database: asked.name });
    seen.add(key);
  }
  return { pairs, questions: asker.questions(), broken, tallies };
}

function print({ relation, database, answers, figures }: Broken): void {
  console.log(`\n${relation} [${database}]: ${figures}`);
  for (const { question, sql, rows } of answers)
    console.log(`  ${question}\n    ${sql?.replace(/\s+/g, ' ')}\n    ${JSON.stringify(rows?.slice(0, 4))}`);
}

function printSome(broken: readonly Broken[], most: number): void {
  const shown = new Map<string, number>();
  for (const one of broken) {
    const count = shown.get(one.relation) ?? 0;
    shown.set(one.relation, count + 1);
    if (count < most) print(one);
  }
}

async function main(): Promise<void> {
  const open = options.data.flatMap(findAsked);
  const all: Found[] = [];
  const started = performance.now();
  for (const [at, opening] of open.entries()) {
    const asked = await opening();
    const found = await tryRelations(asked, Math.ceil(Number(options.pairs) / open.length), Number(options.seed) + at);
    await asked.close();
    all.push(found);
    if (!options.json) printSome(found.broken, Number(options.show));
    console.error(
      `${asked.name}: ${found.questions} questions, ${found.pairs} pairs, ${found.broken.length} violations`,
    );
  }
  const byRelation = new Map<string, Tally>();
  for (const { tallies } of all)
    for (const [name, one] of tallies) {
      const sum = byRelation.get(name) ?? { held: 0, broken: 0, unanswered: 0 };
      byRelation.set(name, {
        held: sum.held + one.held,
        broken: sum.broken + one.broken,
        unanswered: sum.unanswered + one.unanswered,
      });
    }
  const total = (of: (one: Found) => number): number => all.reduce((sum, one) => sum + of(one), 0);
  const figures = {
    databases: all.length,
    questions: total(({ questions }) => questions),
    pairs: total(({ pairs }) => pairs),
    violations: total(({ broken }) => broken.length),
    seconds: Math.round((performance.now() - started) / 100) / 10,
  };
  if (options.json)
    console.log(JSON.stringify({ bench: 'relations', ...figures, relations: Object.fromEntries(byRelation) }));
  else {
    console.table(Object.fromEntries(byRelation));
    console.log(
      Object.entries(figures)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
    );
  }
  if (figures.violations > 0) process.exitCode = 1;
}

await main();
