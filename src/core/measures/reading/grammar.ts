import type { Lattice } from '../lexicon/lattice.ts';
import type { Clause, Part, Term } from './clauses.ts';
import { apart, compareWith, share } from './clauses-comparing.ts';
import { filter } from './clauses-filtering.ts';
import { order, top } from './clauses-ranking.ts';
import { by, show } from './clauses-shown.ts';
import { comma, either, map, type Rule, remembered, seq, skipNoise, word } from './parser.ts';

const clause: Rule<Part> = remembered(() => either<Part>(show, by, filter, order, top, share, apart, compareWith));

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
  'unknown',
  'exists',
  'extreme',
  'period',
]);
type Joint = 'and' | 'comma' | 'stop' | undefined;

/** "and" joins filters to filters and nothing else: what it joins otherwise has no place in the SQL. */
const mayFollow = (before: Part | undefined, joint: Joint, next: Part): boolean =>
  joint !== 'and' ||
  (before !== undefined &&
    next.every(({ kind }) => filters.has(kind)) &&
    before.some(({ kind }) => filters.has(kind))) ||
  before === undefined ||
  (next[0]?.kind === 'show' && (before[0]?.kind === 'show' || next[0].terms.every(isMeasured)));

/** "…, and how many languages they speak" adds to what is shown. */
const isMeasured = ({ kind }: Term): boolean => ['count', 'metric', 'aggregate', 'ratio'].includes(kind);

/** A new sentence may show more of the same, and so may "and how many …". */
const restart = (one: Clause): Clause => (one.kind === 'show' ? { ...one, restarts: true } : one);

/** "has the most orders" says something of what was named before; without it, the words belong elsewhere. */
const hasNoun = (before: readonly Part[], next: Part): boolean =>
  !next.some((one) => one.kind === 'top' && one.needsNoun === true) ||
  before.some((part) => part.some(({ kind }) => kind === 'show' || kind === 'by'));

/** What is said behind a noun is said of it, so that to take it for something else costs more. */
const elsewhere = 1;

/** "pets of students who are older than 20": the students are. "written by Ada Holm" shows no writers. */
function isTornApart(before: Part | undefined, next: Part): boolean {
  const [last, first] = [before?.at(-1), next[0]];
  if (last?.kind === 'exists' && last.where.length === 0)
    return first?.kind === 'compare' || first?.kind === 'values' || first?.kind === 'period';
  if (last?.kind !== 'show' || first?.kind !== 'values' || first.field !== undefined) return false;
  const term = last.terms.at(-1);
  return term?.kind === 'field' && first.values.every((list) => list.some(({ field }) => term.fields.includes(field)));
}

/**
 * "orders shipped last week" were shipped then, whenever they were ordered: no filter on both says so. Those "with status
 * shipped" of last week are plain.
 */
function isEventOf(before: Part | undefined, next: Part, at: number, { tokens }: Lattice): boolean {
  const [last, first] = [before?.at(-1), next[0]];
  const isParticiple = tokens[at - 1]?.text.endsWith('ed') === true;
  const isUnnamed = last?.kind === 'values' && last.field === undefined;
  return isParticiple && isUnnamed && first?.kind === 'period' && first.field === undefined;
}

/** What stands right behind an average belongs to it, or nobody can tell. */
const isOfAverage = (before: Part | undefined, joint: Joint, next: Part): boolean =>
  joint === undefined && before?.at(-1)?.kind === 'compareToAverage' && next[0]?.kind === 'values';

type Open = { readonly parts: readonly Part[]; readonly cost: number };

/** "… does each have": the verb of a question comes last. */
const ending: Rule<unknown> = either<unknown>(skipNoise, seq(word('WITH'), skipNoise));

/** What can be read at a token after a row of parts. */
function continued({ parts, cost }: Open, at: number, lattice: Lattice): readonly (Open & { readonly to: number })[] {
  const last = parts.at(-1);
  return connector(at, lattice).flatMap((gap) =>
    clause(gap.to, lattice)
      .filter(
        ({ to, value }) =>
          to > at &&
          mayFollow(last, gap.value, value) &&
          !isOfAverage(last, gap.value, value) &&
          hasNoun(parts, value) &&
          !isEventOf(last, value, at, lattice),
      )
      .map(({ to, value, cost: own }) => ({
        to,
        parts: [...parts, gap.value === 'stop' || gap.value === 'and' ? value.map(restart) : value],
        cost: cost + gap.cost + own + joiningCost(last, gap.value, value),
      })),
  );
}

const joiningCost = (last: Part | undefined, gap: Joint, next: Part): number =>
  gap !== undefined ? connectorCost : isTornApart(last, next) ? elsewhere : 0;

/** All ways to read a question as clauses, the cheapest first. */
export function derive(lattice: Lattice): readonly Derivation[] {
  const end = lattice.tokens.length;
  const open: Open[][] = Array.from({ length: end + 1 }, () => []);
  open[0]?.push({ parts: [], cost: 0 });
  const done: Derivation[] = [];
  const asksForSeveral = several.test(lattice.text);
  for (let at = 0; at <= end; at++) {
    const here = (open[at] ?? []).sort((a, b) => a.cost - b.cost).slice(0, kept);
    for (const one of here) {
      const tail = ending(at, lattice).find(({ to }) => to === end);
      if (tail !== undefined && one.parts.length > 0)
        done.push({ clauses: one.parts.flat(), cost: one.cost + tail.cost, asksForSeveral });
      if (at < end) for (const { to, ...next } of continued(one, at, lattice)) open[to]?.push(next);
    }
  }
  return done.sort((a, b) => a.cost - b.cost).slice(0, given);
}
