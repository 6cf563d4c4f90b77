import type { DialectName } from '../../../src/core/data/database.ts';
import { createChance } from './chance.ts';
import { checkReading } from './check-reading.ts';
import { clausesOf } from './clauses.ts';
import type { Engine } from './engines.ts';
import type { Other } from './kinds.ts';
import { productModel } from './product-model.ts';
import { randomReading } from './random-readings.ts';
import { randomWorld } from './random-world.ts';

/** Where a case comes from: the same numbers make the same case again. */
export type CaseId = { readonly world: number; readonly reading: number };
export type Found = Other & { readonly id: CaseId };

export type Run = {
  /** Readings that were made up. */
  readonly tried: number;
  /** Readings that at least one dialect composed. */
  readonly composed: number;
  readonly others: readonly Found[];
  /** How often each clause was run in each dialect. */
  readonly hits: ReadonlyMap<DialectName, ReadonlyMap<string, number>>;
};

const readingsOfWorld = 12;

const worldOf = (id: number) => randomWorld(createChance(id));
const readingChance = ({ world, reading }: CaseId) => createChance(world * 1_000 + reading + 1);

/** Makes up worlds and readings until so many were composed, and compares every one in every engine. */
export async function runReadings(
  count: number,
  seed: number,
  engines: readonly Engine[],
  progress?: (composed: number) => void,
): Promise<Run> {
  const hits = new Map(engines.map(({ dialect }) => [dialect, new Map<string, number>()]));
  const others: Found[] = [];
  let [tried, composed] = [0, 0];
  for (let at = 0; composed < count; at++) {
    const id = (seed * 1_000_003 + at) % 2_147_483_647;
    const world = worldOf(id);
    const model = productModel(world);
    for (const engine of engines) await engine.load(world);
    for (let reading = 0; reading < readingsOfWorld && composed < count; reading++) {
      const caseId = { world: id, reading };
      const made = randomReading(world, readingChance(caseId));
      tried++;
      let isComposed = false;
      for (const engine of engines) {
        const checked = await checkReading(world, model, made, engine);
        if (checked.kind === 'not composed') continue;
        isComposed = true;
        const own = hits.get(engine.dialect);
        for (const clause of new Set(clausesOf(world, made))) own?.set(clause, (own.get(clause) ?? 0) + 1);
        if (checked.kind === 'other') others.push({ ...checked, id: caseId });
      }
      if (isComposed) composed++;
    }
    progress?.(composed);
  }
  return { tried, composed, others, hits };
}

/** One case again; undefined when it is right, or no longer composed. */
export async function runCase(id: CaseId, engine: Engine): Promise<Found | undefined> {
  const world = worldOf(id.world);
  await engine.load(world);
  const checked = await checkReading(world, productModel(world), randomReading(world, readingChance(id)), engine);
  return checked.kind === 'other' ? { ...checked, id } : undefined;
}
