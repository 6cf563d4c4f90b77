import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DialectName } from '../src/core/data/database.ts';
import { type Engine, openEngine } from './support/oracle/engines.ts';
import { kindOf, knownKinds } from './support/oracle/kinds.ts';
import { type Found, type Run, runCase, runReadings } from './support/oracle/run-readings.ts';

/** MySQL is for `npm run bench:readings`: a server takes longer to start than all of this. */
const dialects = ['postgres', 'sqlite', 'duckdb'] as const;
const readings = 240;

const engines = new Map<DialectName, Engine>();
beforeAll(async () => {
  const opened = await Promise.all(dialects.map(openEngine));
  for (const engine of opened) if (engine !== undefined) engines.set(engine.dialect, engine);
});
afterAll(() => Promise.all([...engines.values()].map((engine) => engine.close())));

const inWords = ({ id, dialect, difference, reading, sql }: Found) => ({
  case: `${id.world}.${id.reading} on ${dialect}`,
  difference,
  reading: JSON.stringify(reading),
  sql,
});

describe('composed SQL, beside a reader that goes through the rows', () => {
  let run: Run;
  beforeAll(async () => {
    run = await runReadings(readings, 1, [...engines.values()]);
  });

  it('gives the same figures for readings made at random, but in known ways', () => {
    expect(run.others.filter((other) => kindOf(other) === undefined).map(inWords)).toEqual([]);
  });

  it('is met with by most of what can be said, in every dialect', () => {
    for (const hits of run.hits.values()) expect(hits.size).toBeGreaterThan(45);
  });

  // Who corrects one of these deletes its entry.
  it.each(knownKinds)('is still wrong: $name', async (kind) => {
    const engine = engines.get(kind.seen.dialect);
    const found = engine && (await runCase(kind.seen, engine));
    expect(found && kindOf(found)?.name).toBe(kind.name);
  });
});
