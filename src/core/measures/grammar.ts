import type { Clause, Part, Term } from './clauses.ts';
import { compareWith, share } from './clauses-comparing.ts';
import { filter } from './clauses-filtering.ts';
import { order, top } from './clauses-ranking.ts';
import { by, show } from './clauses-shown.ts';
import type { Lattice } from './lattice.ts';
import { comma, either, map, type Rule, remembered, seq, skipNoise, word } from './parser.ts';

const clause: Rule<Part> = remembered(() => either<Part>(show, by, filter, order, top, share, compareWith));

/** Words that carry on: "and those in Berlin". They join clauses of one kind only. */
const stop: Rule<'stop'> = (from, lattice) => (lattice.stop[from] ? [{ value: 'stop', to: from, cost: 0 }] : []);
const connector = either<'and' | 'comma' | 'stop' | undefined>(
  stop,
  (from) => [{ value: undefined, to: from, cost: 0 }],
  map(comma, () => 'comma' as const),
  map(word('AND'), () => 'and' as const),
);
const connectorCost = 0.1;

/** A question as a row of clauses that uses up its every word. */
export type Derivation = {
  readonly clauses: readonly Clause[];
  readonly cost: number;
  /** "which cities have …": more than one is asked for. */
  readonly asksForSeveral: boolean;
};

const several =
  /^(?:which|what)\s+(?:\w+\s+)?\w*[^\Wsiu]s\s+(?:have|had|are|were|do|did|sell|bring|get|got|made|make)\b|哪些|哪几/u;

/** Open readings kept at each token. */
const kept = 60;
/** Whole readings given. */
const given = 60;

const filters = new Set<Clause['kind']>([
  'values',
  'equals',
  'compare',
  'compareToAverage',
  'like',
  'exists',
  'extreme',
  'period',
]);
/** "and" joins filters to filters and nothing else: what it joins otherwise has no place in the SQL. */
const mayFollow = (before: Part | undefined, joint: 'and' | 'comma' | 'stop' | undefined, next: Part): boolean =>
  joint !== 'and' ||
  (before !== undefined &&
    next.every(({ kind }) => filters.has(kind)) &&
    before.some(({ kind }) => filters.has(kind))) ||
  before === undefined ||
  (next[0]?.kind === 'show' && (before[0]?.kind === 'show' || next[0].terms.every(isMeasured)));

/** "…, and how many languages they speak" adds to what is shown. */
const isMeasured = ({ kind }: Term): boolean => kind === 'count' || kind === 'metric' || kind === 'aggregate';

/** A new sentence may show more of the same, and so may "and how many …". */
const restart = (one: Clause): Clause => (one.kind === 'show' ? { ...one, restarts: true } : one);

/** "has the most orders" says something of what was named before; without it, the words belong elsewhere. */
const hasNoun = (before: readonly Part[], next: Part): boolean =>
  !next.some((one) => one.kind === 'top' && one.needsNoun === true) ||
  before.some((part) => part.some(({ kind }) => kind === 'show' || kind === 'by'));

/** What is said behind a noun is said of it, so that to take it for something else costs more. */
const elsewhere = 1;

/** "pets of students who are older than 20": the students are. "directed by Ben Jones" shows no directors. */
function isTornApart(before: Part | undefined, next: Part): boolean {
  const [last, first] = [before?.at(-1), next[0]];
  if (last?.kind === 'exists' && last.where.length === 0)
    return first?.kind === 'compare' || first?.kind === 'values' || first?.kind === 'period';
  if (last?.kind !== 'show' || first?.kind !== 'values' || first.field !== undefined) return false;
  const term = last.terms.at(-1);
  return term?.kind === 'field' && first.values.every((list) => list.some(({ field }) => term.fields.includes(field)));
}

/** "orders shipped last week" were shipped then, whenever they were ordered: no filter on both says so. */
function isEventOf(before: Part | undefined, next: Part, at: number, { tokens }: Lattice): boolean {
  const [last, first] = [before?.at(-1), next[0]];
  const isParticiple = tokens[at - 1]?.text.endsWith('ed') === true;
  return isParticiple && last?.kind === 'values' && first?.kind === 'period' && first.field === undefined;
}

type Open = { readonly parts: readonly Part[]; readonly cost: number };

/** "… does each have": the verb of a question comes last. */
const ending: Rule<unknown> = either<unknown>(skipNoise, seq(word('WITH'), skipNoise));

/** All ways to read a question as clauses, the cheapest first. */
export function derive(lattice: Lattice): readonly Derivation[] {
  const end = lattice.tokens.length;
  const open: Open[][] = Array.from({ length: end + 1 }, () => []);
  open[0]?.push({ parts: [], cost: 0 });
  const done: Derivation[] = [];
  const asksForSeveral = several.test(lattice.text);
  for (let at = 0; at <= end; at++) {
    const here = (open[at] ?? []).sort((a, b) => a.cost - b.cost).slice(0, kept);
    for (const { parts, cost } of here) {
      const tail = ending(at, lattice).find(({ to }) => to === end);
      if (tail !== undefined && parts.length > 0)
        done.push({ clauses: parts.flat(), cost: cost + tail.cost, asksForSeveral });
      if (at === end) continue;
      for (const gap of connector(at, lattice))
        for (const next of clause(gap.to, lattice))
          if (
            next.to > at &&
            mayFollow(parts.at(-1), gap.value, next.value) &&
            hasNoun(parts, next.value) &&
            !isEventOf(parts.at(-1), next.value, at, lattice)
          )
            open[next.to]?.push({
              parts: [...parts, gap.value === 'stop' || gap.value === 'and' ? next.value.map(restart) : next.value],
              cost:
                cost +
                gap.cost +
                next.cost +
                (gap.value === undefined ? 0 : connectorCost) +
                (gap.value === undefined && isTornApart(parts.at(-1), next.value) ? elsewhere : 0),
            });
    }
  }
  return done.sort((a, b) => a.cost - b.cost).slice(0, given);
}
