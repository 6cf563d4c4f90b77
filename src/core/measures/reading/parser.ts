import { isHan } from '../../language/tokens.ts';
import type { Item } from '../lexicon/items.ts';
import type { Lattice } from '../lexicon/lattice.ts';
import type { Word } from '../lexicon/word.ts';

/** Something that was read from a token on: up to `to`, at a cost. Costs are counted in phrases. */
export type Parsed<T> = { readonly value: T; readonly to: number; readonly cost: number };
/** All that can be read from a token on, the cheapest of each end and meaning. */
export type Rule<T> = (from: number, lattice: Lattice) => readonly Parsed<T>[];

/** A skipped word without weight costs a little, so that phrases that use it come first. */
const noiseCost = 0.02;
/** What one rule may find at one token; beyond it, only costlier readings of the same words are lost. */
const widest = 40;

const closures = new WeakMap<Lattice, Map<number, readonly Parsed<undefined>[]>>();

/** The tokens that can come next when words without weight are skipped. */
export function skipNoise(from: number, lattice: Lattice): readonly Parsed<undefined>[] {
  const known = closures.get(lattice) ?? new Map<number, readonly Parsed<undefined>[]>();
  closures.set(lattice, known);
  const before = known.get(from);
  if (before !== undefined) return before;
  const cheapest = new Map<number, number>([[from, 0]]);
  for (const [at, cost] of cheapest)
    for (const to of lattice.noise[at] ?? [])
      if ((cheapest.get(to) ?? Infinity) > cost + noiseCost) cheapest.set(to, cost + noiseCost);
  const found = [...cheapest].map(([to, cost]) => ({ value: undefined, to, cost }));
  known.set(from, found);
  return found;
}

const reachable = new WeakMap<Lattice, (readonly Parsed<Item>[] | undefined)[]>();

/** The phrases that can come next when words without weight are skipped. */
function nextItems(from: number, lattice: Lattice): readonly Parsed<Item>[] {
  const known = reachable.get(lattice) ?? [];
  reachable.set(lattice, known);
  const before = known[from];
  if (before !== undefined) return before;
  const found = skipNoise(from, lattice).flatMap(({ to: at, cost }) =>
    (lattice.arcs[at] ?? []).map((arc) => ({ value: arc.item, to: arc.to, cost: cost + arc.cost })),
  );
  known[from] = found;
  return found;
}

/** Words without weight, then one phrase that `choose` accepts. */
export function take<T>(choose: (item: Item) => T | undefined): Rule<T> {
  return (from, lattice) => accepted(nextItems(from, lattice), choose);
}

function accepted<A, B>(found: readonly Parsed<A>[], change: (value: A) => B | undefined): readonly Parsed<B>[] {
  const changed: Parsed<B>[] = [];
  for (const one of found) {
    const value = change(one.value);
    if (value !== undefined) changed.push({ value, to: one.to, cost: one.cost });
  }
  return changed;
}

/** As `take`, with nothing skipped. */
export function takeAtOnce<T>(choose: (item: Item) => T | undefined): Rule<T> {
  return (from, lattice) =>
    (lattice.arcs[from] ?? []).flatMap(({ item, to, cost }) => {
      const value = choose(item);
      return value === undefined ? [] : [{ value, to, cost }];
    });
}

export const word = (...accepted: readonly Word[]): Rule<Word> =>
  take((item) => (item.kind === 'word' && accepted.includes(item.word) ? item.word : undefined));

export const itemOf = <K extends Item['kind']>(kind: K): Rule<Extract<Item, { kind: K }>> =>
  take((item) => (item.kind === kind ? (item as Extract<Item, { kind: K }>) : undefined));

/** "by" behind what was done may say who did it: "returned by customers". */
export const followsParticiple = (from: number, { tokens }: Lattice): boolean =>
  tokens[from - 1]?.text.endsWith('ed') === true && tokens[from]?.text === 'by';

/** The next phrase must follow at once, or behind a comma. */
export const comma: Rule<undefined> = (from, lattice) =>
  lattice.comma[from] ? [{ value: undefined, to: from, cost: 0 }] : [];

export function map<A, B>(rule: Rule<A>, change: (value: A) => B | undefined): Rule<B> {
  return (from, lattice) => accepted(rule(from, lattice), change);
}

/** Only what ends in a Han character: word orders that English does not have. */
export const inChinese =
  <T>(rule: Rule<T>): Rule<T> =>
  (from, lattice) =>
    rule(from, lattice).filter(({ to }) => isHan(lattice.tokens[to - 1]?.text ?? ''));

export const penalize =
  <T>(rule: Rule<T>, more: number): Rule<T> =>
  (from, lattice) =>
    rule(from, lattice).map((found) => ({ ...found, cost: found.cost + more }));

export const either =
  <T>(...rules: readonly Rule<T>[]): Rule<T> =>
  (from, lattice) =>
    rules.flatMap((rule) => rule(from, lattice));

/** With it or without. */
export const maybe =
  <T>(rule: Rule<T>): Rule<T | undefined> =>
  (from, lattice) => [{ value: undefined, to: from, cost: 0 }, ...rule(from, lattice)];

type Values<R extends readonly Rule<unknown>[]> = { [K in keyof R]: R[K] extends Rule<infer T> ? T : never };

/** One after the other. */
export function seq<R extends readonly Rule<unknown>[]>(...rules: R): Rule<Values<R>> {
  return (from, lattice) => {
    let partial: readonly Parsed<readonly unknown[]>[] = [{ value: [], to: from, cost: 0 }];
    for (const rule of rules) {
      if (partial.length === 0) break;
      partial = continued(partial, rule, lattice);
    }
    return partial as readonly Parsed<Values<R>>[];
  };
}

function continued(
  partial: readonly Parsed<readonly unknown[]>[],
  rule: Rule<unknown>,
  lattice: Lattice,
): readonly Parsed<readonly unknown[]>[] {
  const longer: Parsed<readonly unknown[]>[] = [];
  for (const { value, to, cost } of partial)
    for (const next of rule(to, lattice))
      longer.push({ value: [...value, next.value], to: next.to, cost: cost + next.cost });
  return longer;
}

/** One or more, with `separator` between them. */
export function listOf<T>(rule: Rule<T>, separator: Rule<unknown>): Rule<readonly T[]> {
  return (from, lattice) => {
    let open: readonly Parsed<readonly T[]>[] = rule(from, lattice).map((one) => ({ ...one, value: [one.value] }));
    const found = [...open];
    for (let length = 1; open.length > 0 && length < 8; length++) {
      open = open.flatMap(({ value, to, cost }) =>
        separator(to, lattice).flatMap((gap) =>
          rule(gap.to, lattice).map((next) => ({
            value: [...value, next.value],
            to: next.to,
            cost: cost + gap.cost + next.cost,
          })),
        ),
      );
      open = narrowed(open);
      found.push(...open);
    }
    return found;
  };
}

const narrowed = <T>(found: readonly Parsed<T>[]): readonly Parsed<T>[] =>
  found.length <= widest ? found : found.toSorted((a, b) => a.cost - b.cost).slice(0, widest);

/** Remembers what was found at each token of a lattice. Also the way to name a rule before it is made. */
export function remembered<T>(make: () => Rule<T>): Rule<T> {
  const memory = new WeakMap<Lattice, Map<number, readonly Parsed<T>[]>>();
  let rule: Rule<T> | undefined;
  return (from, lattice) => {
    const known = memory.get(lattice) ?? new Map<number, readonly Parsed<T>[]>();
    memory.set(lattice, known);
    const before = known.get(from);
    if (before !== undefined) return before;
    rule ??= make();
    const found = narrowed(rule(from, lattice));
    known.set(from, found);
    return found;
  };
}
