import type { ComposeContext } from './composing/compose-context.ts';
import { composeSql } from './composing/compose-sql.ts';
import type { Lattice } from './lexicon/lattice.ts';
import { isSpokenOf } from './lexicon/verbs.ts';
import { buildReadings } from './reading/build-readings.ts';
import { type Choice, Unreadable } from './reading/explore.ts';
import { changeReading, type HowChanged } from './reading/follow-up.ts';
import { type Derivation, derive } from './reading/grammar.ts';
import type { Reading } from './reading/reading.ts';

/** A reading with the SQL that it comes to. Costs are counted in phrases: fewer and longer phrases fit better. */
export type Candidate = { readonly reading: Reading; readonly sql: string; readonly cost: number };

/** Readings that cost this much more than the best one may be what was meant as well. */
const margin = 0.75;

/** All readings that use every word and come to SQL, the best first, one for each SQL. */
export function candidates(lattice: Lattice, context: ComposeContext): readonly Candidate[] {
  return search(lattice, context, (derivation) => buildReadings(context, derivation));
}

/** All readings that a follow-up can make of the reading before. */
export const changes = (
  lattice: Lattice,
  previous: Reading,
  context: ComposeContext,
  how: HowChanged,
): readonly Candidate[] => search(lattice, context, (derivation) => changeReading(previous, derivation, context, how));

function search(
  lattice: Lattice,
  context: ComposeContext,
  readingsOf: (derivation: Derivation) => readonly Choice<Reading>[],
): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const composed = new Map<string, string | undefined>();
  const speaking = (sql: string | undefined): string | undefined =>
    sql !== undefined && lattice.verbs.every((verb) => isSpokenOf(verb, sql)) ? sql : undefined;
  const sqlFor = (reading: Reading): string | undefined => {
    const key = JSON.stringify(reading);
    if (!composed.has(key)) composed.set(key, speaking(sqlOf(reading, context)));
    return composed.get(key);
  };
  let best = Infinity;
  for (const derivation of derive(lattice)) {
    const { cost } = derivation;
    if (cost > best + margin) break;
    for (const choice of readingsOf(derivation)) {
      const sql = sqlFor(choice.value);
      const whole = cost + choice.cost;
      if (sql === undefined || whole >= (found.get(sql)?.cost ?? Infinity)) continue;
      found.set(sql, { reading: choice.value, sql, cost: whole });
      best = Math.min(best, whole);
    }
  }
  return [...found.values()].sort((a, b) => a.cost - b.cost);
}

export function sqlOf(reading: Reading, context: ComposeContext): string | undefined {
  try {
    return composeSql(reading, context);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

export type Decision =
  | { readonly kind: 'one'; readonly chosen: Candidate }
  | { readonly kind: 'tie'; readonly choices: readonly Candidate[] }
  | { readonly kind: 'none' };

/** One reading, or all that come near agree: it is meant. Several: the person is asked. */
export function decide(all: readonly Candidate[]): Decision {
  const [best] = all;
  if (best === undefined) return { kind: 'none' };
  const near = all.filter(({ cost }) => cost <= best.cost + margin);
  return near.length === 1 ? { kind: 'one', chosen: best } : { kind: 'tie', choices: near };
}
