import { readCommandLine } from '../../src/command-line.ts';
import type { DialectName } from '../../src/core/data/database.ts';
import { everyClause } from '../../test/support/oracle/clauses.ts';
import { type Engine, openEngine } from '../../test/support/oracle/engines.ts';
import { kindOf } from '../../test/support/oracle/kinds.ts';
import { type Found, runReadings } from '../../test/support/oracle/run-readings.ts';

const usage = `Checks composed SQL against an independent reader: random models, data and readings, each composed, run, and compared
with a naive interpreter that goes through the rows.

  npm run bench:readings -- [--readings 20000] [--seed 1] [--dialects postgres,sqlite,duckdb,mysql] [--json]

PostgreSQL is PGlite unless POSTGRES_TEST_URI names a server; MySQL is the server of MYSQL_TEST_URI or an installed
MariaDB. Prints each kind of difference with its smallest
example, and the clauses that were never met with. Ends with 1 when there is a difference of no known kind.`;

const { values: options } = readCommandLine(usage, {
  readings: { type: 'string', default: '20000' },
  seed: { type: 'string', default: '1' },
  dialects: { type: 'string', default: 'postgres,sqlite,duckdb,mysql' },
  json: { type: 'boolean', default: false },
});

const complexity = ({ reading, right, world }: Found): number =>
  JSON.stringify(reading).length +
  JSON.stringify(right).length / 4 +
  world.tables.reduce((sum, { rows }) => sum + rows.length, 0) / 4;

type Kind = {
  readonly name: string;
  readonly why: string;
  readonly isKnown: boolean;
  readonly cases: readonly Found[];
};

function kindsOf(others: readonly Found[]): readonly Kind[] {
  const kinds = new Map<string, { why: string; isKnown: boolean; cases: Found[] }>();
  for (const one of others) {
    const known = kindOf(one);
    const name = known?.name ?? `NEW: ${one.what}`;
    const kind = kinds.get(name) ?? { why: known?.why ?? '', isKnown: known !== undefined, cases: [] };
    kind.cases.push(one);
    kinds.set(name, kind);
  }
  return [...kinds]
    .map(([name, { cases, ...kind }]) => ({
      name,
      ...kind,
      cases: cases.sort((a, b) => complexity(a) - complexity(b)),
    }))
    .sort((a, b) => Number(a.isKnown) - Number(b.isKnown) || b.cases.length - a.cases.length);
}

function count<T>(list: readonly T[], of: (one: T) => string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of list) sums[of(one)] = (sums[of(one)] ?? 0) + 1;
  return sums;
}

function exampleText({ reading, world, sql, right, given, difference, dialect, id }: Found): string {
  const metrics = world.metrics.filter(({ name }) => JSON.stringify(reading).includes(`"${name}"`));
  const rows = (list: unknown): string => JSON.stringify(list)?.slice(0, 400) ?? 'an error';
  return [
    `case ${id.world}.${id.reading} on ${dialect}, tables "${world.name}": ${difference}`,
    `reading: ${JSON.stringify(reading)}`,
    ...metrics.map((one) => `${one.name} = ${one.sql}`),
    sql,
    `right: ${right.kind === 'rows' ? rows(right.rows) : `no answer, as ${right.why}`}`,
    `given: ${rows(given)}`,
  ].join('\n  ');
}

async function main(): Promise<void> {
  const dialects = options.dialects.split(',') as DialectName[];
  const opened = await Promise.all(dialects.map(openEngine));
  const engines = opened.filter((one): one is Engine => one !== undefined);
  const started = performance.now();
  const progress = (composed: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${composed} readings`);
  };
  const { tried, composed, others, hits } = await runReadings(
    Number(options.readings),
    Number(options.seed),
    engines,
    progress,
  );
  const kinds = kindsOf(others);
  const never = [...hits].flatMap(([dialect, own]) =>
    everyClause.filter((one) => !own.has(one)).map((one) => `${one} (${dialect})`),
  );
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const figures = {
    readings: composed,
    tried,
    checks: [...hits].map(([name]) => name),
    differences: others.length,
    never,
    seconds,
  };
  if (options.json)
    console.log(
      JSON.stringify({
        bench: 'readings',
        ...figures,
        kinds: kinds.map(({ name, isKnown, cases }) => ({
          name,
          isKnown,
          n: cases.length,
          dialects: count(cases, ({ dialect }) => dialect),
        })),
      }),
    );
  else {
    for (const { name, why, cases } of kinds) {
      const example = cases[0] === undefined ? '' : exampleText(cases[0]);
      console.log(
        `\n${name}: ${cases.length} ${JSON.stringify(count(cases, ({ dialect }) => dialect))}\n${why}\n  ${example}`,
      );
    }
    console.log(
      `\n${composed} readings of ${tried} were composed and run on ${figures.checks.join(', ')} in ${seconds} s; ${others.length} differ.`,
    );
    console.log(
      never.length === 0 ? 'Every clause was met with in every dialect.' : `Never met with: ${never.join('; ')}`,
    );
  }
  await Promise.all(engines.map((engine) => engine.close()));
  if (kinds.some(({ isKnown }) => !isKnown)) process.exitCode = 1;
}

await main();
