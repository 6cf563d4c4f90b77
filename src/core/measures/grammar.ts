import type { Clause, FieldTerm, Term } from './clauses.ts';
import type { Lattice } from './lattice.ts';
import {
  comma,
  dearer,
  either,
  inChinese,
  itemOf,
  listOf,
  map,
  maybe,
  type Rule,
  remembered,
  seq,
  skipNoise,
  take,
  takeAtOnce,
  word,
} from './parser.ts';
import type { Comparator } from './reading.ts';
import {
  adjectives,
  dimension,
  entity,
  field,
  ownField,
  type Phrase,
  phrase,
  separator,
  subject,
  valueFilter,
} from './terms.ts';

type Part = readonly Clause[];

const show: Rule<Part> = map(listOf(phrase, separator), (phrases) => [
  {
    kind: 'show',
    terms: phrases.flatMap(({ terms }) => terms),
    distinct: phrases.some((one) => one.distinct === true),
  },
  ...phrases.flatMap(({ clauses }) => clauses),
]);

const by: Rule<Part> = either<Part>(
  map(
    seq(word('BY', 'EACH'), maybe(word('EACH')), maybe(word('DISTINCT')), listOf(dimension, separator)),
    ([, , , terms]) => [{ kind: 'by', terms }],
  ),
  // "how many does each have": by what is shown
  map(word('EACH'), () => [{ kind: 'by', terms: [] }]),
  map(itemOf('byGrain'), ({ grain }) => [{ kind: 'by', terms: [{ kind: 'grain', grain }] }]),
);

const values: Rule<Part> = map(seq(maybe(word('WITH')), valueFilter), ([, clause]) => [clause]);

/** "the area of the 5 countries" is no area of 5. */
const numberAtOnce = takeAtOnce((item) => (item.kind === 'number' ? item.value : undefined));

const exactly: Rule<Part> = either<Part>(
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('NOT')), maybe(word('EQ')), numberAtOnce),
    ([, term, not, , value]) => [{ kind: 'equals', field: term, value, negated: not !== undefined }],
  ),
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('NOT')), maybe(word('EQ')), itemOf('quoted')),
    ([, term, not, , { text }]) => [{ kind: 'equals', field: term, value: text, negated: not !== undefined }],
  ),
  map(
    seq(maybe(word('WITH')), ownField, maybe(word('EQ')), numberAtOnce, word('OR'), itemOf('number')),
    ([, term, , a, , b]) => [
      { kind: 'equals', field: term, value: a, negated: false },
      { kind: 'equals', field: term, value: b.value, negated: false },
    ],
  ),
);

const comparators: Readonly<Record<string, Comparator>> = {
  GT: '>',
  GE: '>=',
  LT: '<',
  LE: '<=',
  EQ: '=',
  ORMORE: '>=',
  ORLESS: '<=',
};
const comparator = map(
  seq(maybe(word('NOT')), word('GT', 'GE', 'LT', 'LE', 'EQ')),
  ([not, found]): Comparator | undefined => {
    const op = comparators[found];
    return not === undefined || op === undefined ? op : opposite[op];
  },
);
const opposite: Readonly<Record<Comparator, Comparator>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '<>',
  '<>': '=',
};
const amount = map(seq(itemOf('number'), maybe(word('UNIT'))), ([{ value }]) => value);
const rest = map(word('ORMORE', 'ORLESS'), (found) => comparators[found]);

const compared = (about: Term, op: Comparator | undefined, value: number): Part | undefined =>
  op && [{ kind: 'compare', subject: about, op, value }];

const isSameField = (a: FieldTerm, b: FieldTerm | undefined): boolean =>
  b === undefined || a.fields.some((one) => b.fields.includes(one));

const compare: Rule<Part> = either<Part>(
  // "singers below 30" are no number of singers
  map(seq(maybe(word('WITH')), subject, comparator, amount), ([, about, op, value]) =>
    about.kind === 'entity' ? undefined : compared(about, op, value),
  ),
  map(seq(maybe(word('WITH')), comparator, amount, subject), ([, op, value, about]) => compared(about, op, value)),
  map(seq(maybe(word('WITH')), comparator, field, amount), ([, op, about, value]) => compared(about, op, value)),
  map(seq(maybe(word('WITH')), subject, amount, rest), ([, about, value, op]) => compared(about, op, value)),
  map(seq(maybe(word('WITH')), amount, rest, subject), ([, value, op, about]) => compared(about, op, value)),
  map(seq(word('WITH'), amount, subject), ([, value, about]) =>
    about.kind === 'entity' || about.kind === 'count' ? compared(about, '=', value) : undefined,
  ),
  map(
    seq(maybe(word('WITH')), subject, word('BETWEEN'), amount, maybe(word('AND')), amount),
    ([, about, , low, , high]) => [
      { kind: 'compare', subject: about, op: '>=', value: low },
      { kind: 'compare', subject: about, op: '<=', value: high },
    ],
  ),
  map(seq(maybe(word('WITH')), field, itemOf('comparative'), amount), ([, term, { keys }, value]) => {
    const meant = keys.filter((key) => term.fields.includes(key.field));
    return meant.length > 0
      ? [{ kind: 'compare', subject: { kind: 'directed', keys: meant }, op: '>', value }]
      : undefined;
  }),
  map(seq(maybe(word('WITH')), field, comparator, word('AVG'), maybe(field)), ([, about, op, , of]) =>
    op && op !== '=' && isSameField(about, of) ? [{ kind: 'compareToAverage', subject: about, op }] : undefined,
  ),
  map(seq(maybe(word('WITH')), comparator, word('AVG'), field), ([, op, , about]) =>
    op && op !== '=' ? [{ kind: 'compareToAverage', subject: about, op }] : undefined,
  ),
  map(seq(itemOf('comparative'), word('AVG'), maybe(field)), ([{ keys }, , of]) =>
    of === undefined || keys.some((key) => of.fields.includes(key.field))
      ? [{ kind: 'compareToAverage', subject: { kind: 'directed', keys }, op: '>' }]
      : undefined,
  ),
  map(seq(itemOf('comparative'), amount), ([{ keys }, value]) => [
    { kind: 'compare', subject: { kind: 'directed', keys }, op: '>', value },
  ]),
);

const like: Rule<Part> = map(
  seq(maybe(word('WITH')), field, word('CONTAINS', 'STARTS', 'ENDS'), itemOf('quoted')),
  ([, term, how, { text }]) => [
    { kind: 'like', field: term, text, at: how === 'STARTS' ? 'start' : how === 'ENDS' ? 'end' : 'anywhere' },
  ],
);

const period: Rule<Part> = map(seq(maybe(field), itemOf('period')), ([term, { span }]) => [
  { kind: 'period', field: term, span },
]);

/** "without refunds", "that have no cat pet", "that have any ticket about delivery". */
const exists: Rule<Part> = either<Part>(
  map(
    seq(
      word('WITH', 'WITHOUT', 'LINK'),
      maybe(word('ANY')),
      adjectives,
      entity,
      maybe(
        either(
          valueFilter,
          map(either(period, compare), ([clause]) => clause),
        ),
      ),
    ),
    ([how, any, before, { dataset }, after]) => {
      const where = after === undefined ? before : [...before, after];
      const isSaid = how !== 'WITH' || any !== undefined || where.length > 0;
      return isSaid ? [{ kind: 'exists', dataset, negated: how === 'WITHOUT', where }] : undefined;
    },
  ),
  // "not used by any document"
  map(
    seq(word('NOT'), maybe(word('LINK')), maybe(word('ANY')), adjectives, entity, maybe(valueFilter)),
    ([, , , before, { dataset }, after]) => [
      { kind: 'exists', dataset, negated: true, where: after === undefined ? before : [...before, after] },
    ],
  ),
  map(seq(word('WITHOUT'), maybe(word('ANY')), valueFilter), ([, , clause]) =>
    clause.kind === 'values' && !clause.negated ? [{ ...clause, negated: true }] : undefined,
  ),
);

const direction = map(word('ASC', 'DESC'), (found) => found === 'DESC');
/** "refunds by products" groups before it ranks by a number of products. */
const byMeasure = 0.8;
const order: Rule<Part> = either<Part>(
  map(seq(word('ORDER'), maybe(word('BY')), subject, word('ALPHA')), ([, , term]) => [
    { kind: 'order', by: term, descending: false },
  ]),
  map(seq(maybe(word('ORDER')), word('ALPHA'), maybe(word('BY')), maybe(subject)), ([, , , term]) => [
    { kind: 'order', by: term ?? 'first', descending: false },
  ]),
  // "top 5 products in Germany by revenue"
  dearer(
    map(seq(word('BY'), subject), ([, term]) =>
      term.kind === 'metric' || term.kind === 'count'
        ? [{ kind: 'order', by: term, descending: undefined }]
        : undefined,
    ),
    byMeasure,
  ),
  map(seq(word('ORDER'), maybe(word('BY')), subject, maybe(direction)), ([, , term, descending]) => [
    { kind: 'order', by: term, descending },
  ]),
  map(seq(word('ORDER'), direction, maybe(word('BY')), maybe(subject)), ([, descending, , term]) => [
    { kind: 'order', by: term, descending },
  ]),
  map(seq(direction, maybe(word('ORDER')), maybe(word('BY')), maybe(subject)), ([descending, , , term]) => [
    { kind: 'order', by: term, descending },
  ]),
  map(seq(word('BY'), subject, direction, maybe(word('ORDER'))), ([, term, descending]) => [
    { kind: 'order', by: term, descending },
  ]),
);

const most = map(word('MOST', 'HIGH', 'LEAST', 'LOW'), (found) => found === 'MOST' || found === 'HIGH');
const rankedBy = maybe(map(seq(word('BY'), subject), ([, term]) => (term.kind === 'entity' ? undefined : term)));
const top: Rule<Part> = either<Part>(
  // "with the highest price", "has the most orders"
  map(seq(maybe(word('WITH', 'BY')), most, subject), ([before, descending, term]) => [
    { kind: 'top', n: undefined, descending, by: term, needsNoun: before === undefined },
  ]),
  map(
    seq(maybe(word('WITH', 'BY')), maybe(word('TOP')), itemOf('number'), most, subject),
    ([, , { value }, descending, term]) => [{ kind: 'top', n: value, descending, by: term, needsNoun: true }],
  ),
  map(word('COMMON', 'RARE'), (end) => [
    { kind: 'top', n: undefined, descending: end === 'COMMON', by: { kind: 'rows' }, needsNoun: true },
  ]),
  // 净收入最高的
  map(inChinese(seq(subject, most)), ([term, descending]) => [{ kind: 'top', n: undefined, descending, by: term }]),
  map(itemOf('superlative'), ({ keys }) => [
    { kind: 'top', n: undefined, descending: true, by: { kind: 'directed', keys } },
  ]),
  // "top 5 products by revenue": what it is by comes with "by"
  map(
    seq(word('TOP', 'BOTTOM', 'HIGH', 'LOW'), maybe(itemOf('number')), phrase, rankedBy),
    ([end, number, one, term]) => ranking(end === 'TOP' || end === 'HIGH', number?.value, one, term),
  ),
  map(seq(itemOf('number'), word('TOP', 'BOTTOM', 'HIGH', 'LOW'), phrase, rankedBy), ([{ value }, end, one, term]) =>
    ranking(end === 'TOP' || end === 'HIGH', value, one, term),
  ),
  map(seq(word('TOP', 'BOTTOM'), itemOf('number')), ([end, { value }]) => [
    { kind: 'top', n: value, descending: end === 'TOP', by: undefined },
  ]),
  map(seq(word('COMMON', 'RARE'), phrase), ([end, { terms, clauses }]) => [
    { kind: 'show', terms, distinct: false },
    ...clauses,
    { kind: 'top', n: undefined, descending: end === 'COMMON', by: { kind: 'rows' } },
  ]),
);

function ranking(
  descending: boolean,
  n: number | undefined,
  { terms, clauses }: Phrase,
  by: Term | undefined,
): Part | undefined {
  const [term] = terms;
  if (terms.length !== 1 || term === undefined || (n !== undefined && !(Number.isInteger(n) && n > 0)))
    return undefined;
  if (term.kind !== 'field' && term.kind !== 'entity' && term.kind !== 'grain') return undefined;
  return [{ kind: 'show', terms, distinct: false }, ...clauses, { kind: 'top', n, descending, by }];
}

const share: Rule<Part> = map(word('SHARE'), () => [{ kind: 'share' }]);

const isRelative = /^(?:the )?(?:previous|prior)\b/;
const earlier: Rule<Part> = either<Part>(
  map(word('BEFORE', 'YEARAGO', 'CHANGE'), (found) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
  take((item) =>
    item.kind === 'period' && !isRelative.test(item.text) ? [{ kind: 'compareWith', span: item.span }] : undefined,
  ),
);
const compareWith: Rule<Part> = either<Part>(
  map(seq(word('VS'), earlier, maybe(word('VS'))), ([, part]) => part),
  map(word('BEFORE', 'YEARAGO', 'CHANGE'), (found) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
  map(seq(word('CHANGE'), word('BEFORE', 'YEARAGO')), ([, found]) => [
    { kind: 'compareWith', span: found === 'YEARAGO' ? 'yearAgo' : 'before' },
  ]),
);

const clause: Rule<Part> = remembered(() =>
  either<Part>(show, by, values, exactly, compare, like, exists, period, order, top, share, compareWith),
);

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
  'period',
]);
/** "and" joins filters to filters and nothing else: what it joins otherwise has no place in the SQL. */
const mayFollow = (before: Part | undefined, joint: 'and' | 'comma' | 'stop' | undefined, next: Part): boolean =>
  joint !== 'and' ||
  (before !== undefined &&
    next.every(({ kind }) => filters.has(kind)) &&
    before.some(({ kind }) => filters.has(kind))) ||
  (before === undefined ? true : next[0]?.kind === 'show' && before[0]?.kind === 'show');

/** A new sentence may show more of the same. */
const restart = (one: Clause): Clause => (one.kind === 'show' ? { ...one, restarts: true } : one);

/** "has the most orders" says something of what was named before; without it, the words belong elsewhere. */
const hasNoun = (before: readonly Part[], next: Part): boolean =>
  !next.some((one) => one.kind === 'top' && one.needsNoun === true) ||
  before.some((part) => part.some(({ kind }) => kind === 'show' || kind === 'by'));

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
          if (next.to > at && mayFollow(parts.at(-1), gap.value, next.value) && hasNoun(parts, next.value))
            open[next.to]?.push({
              parts: [...parts, gap.value === 'stop' ? next.value.map(restart) : next.value],
              cost: cost + gap.cost + next.cost + (gap.value === undefined ? 0 : connectorCost),
            });
    }
  }
  return done.sort((a, b) => a.cost - b.cost).slice(0, given);
}

/** What of the model a question names, as a hint to whoever answers it otherwise: metrics, datasets and fields. */
export function knownNames(lattice: Lattice): readonly string[] {
  const names = lattice.arcs
    .flat()
    .flatMap(({ item }) =>
      item.kind === 'metric'
        ? [item.metric.name]
        : item.kind === 'entity'
          ? [item.dataset.name]
          : item.kind === 'fields'
            ? item.fields.map(({ id }) => id)
            : [],
    );
  return [...new Set(names)];
}

/** The words that no phrase of the lattice covers: why a question could not be read. */
export function unknownWords(lattice: Lattice): readonly string[] {
  const known = new Set<number>();
  lattice.arcs.forEach((arcs, from) => {
    for (const { to } of arcs) for (let i = from; i < to; i++) known.add(i);
  });
  lattice.noise.forEach((ends, from) => {
    for (const to of ends) for (let i = from; i < to; i++) known.add(i);
  });
  return lattice.tokens.flatMap(({ text }, i) => (known.has(i) ? [] : [text]));
}
