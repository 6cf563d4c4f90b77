import type { Part, Term } from './clauses.ts';
import { either, followsParticiple, inChinese, itemOf, map, maybe, penalize, type Rule, seq, word } from './parser.ts';
import { type Phrase, phrase, subject } from './terms.ts';

const behindNoParticiple: Rule<undefined> = (from, lattice) =>
  followsParticiple(from, lattice) ? [] : [{ value: undefined, to: from, cost: 0 }];
const direction = map(word('ASC', 'DESC'), (found) => found === 'DESC');
/** "refunds by products" groups before it ranks by a number of products. */
const byMeasure = 0.8;
/** "top 5 products in Germany by revenue" */
const byFigure: Rule<Part> = penalize(
  map(seq(behindNoParticiple, word('BY'), subject), ([, , term]) =>
    term.kind === 'metric' || term.kind === 'count' ? [{ kind: 'order', by: term, descending: undefined }] : undefined,
  ),
  byMeasure,
);
export const order: Rule<Part> = either<Part>(
  map(seq(word('ORDER'), maybe(word('BY')), subject, word('ALPHA')), ([, , term]) => [
    { kind: 'order', by: term, descending: false },
  ]),
  map(seq(maybe(word('ORDER')), word('ALPHA'), maybe(word('BY')), maybe(subject)), ([, , , term]) => [
    { kind: 'order', by: term ?? 'first', descending: false },
  ]),
  byFigure,
  map(seq(word('ORDER'), maybe(word('BY')), subject, maybe(direction)), ([, , term, descending]) => [
    { kind: 'order', by: term, descending },
  ]),
  map(seq(word('ORDER'), direction, maybe(word('BY')), maybe(subject)), ([, descending, , term]) => [
    { kind: 'order', by: term, descending },
  ]),
  map(seq(direction, maybe(word('ORDER')), maybe(word('BY')), maybe(subject)), ([descending, , , term]) => [
    { kind: 'order', by: term, descending },
  ]),
  // "highest stock first"
  map(seq(word('HIGH', 'LOW'), subject, word('TOP')), ([end, term]) => [
    { kind: 'order', by: term, descending: end === 'HIGH' },
  ]),
  map(seq(word('BY'), subject, direction, maybe(word('ORDER'))), ([, term, descending]) => [
    { kind: 'order', by: term, descending },
  ]),
);

const most = map(word('MOST', 'HIGH', 'LEAST', 'LOW'), (found) => ({
  descending: found === 'MOST' || found === 'HIGH',
  counts: found === 'MOST' || found === 'LEAST',
}));
const rankedBy = maybe(map(seq(word('BY'), subject), ([, term]) => (term.kind === 'entity' ? undefined : term)));
export const top: Rule<Part> = either<Part>(
  // "with the highest price", "has the most orders"
  map(seq(maybe(word('WITH', 'BY')), most, subject), ([before, end, term]) => [
    { kind: 'top', n: undefined, ...end, by: term, needsNoun: before === undefined },
  ]),
  // "which product sold the most units"
  map(seq(word('DID'), most, subject), ([, end, term]) =>
    term.kind === 'field' ? undefined : [{ kind: 'top', n: undefined, ...end, by: term, needsNoun: true }],
  ),
  map(
    seq(maybe(word('WITH', 'BY')), maybe(word('TOP')), itemOf('number'), most, subject),
    ([, , { value }, end, term]) => [{ kind: 'top', n: value, ...end, by: term, needsNoun: true }],
  ),
  map(word('COMMON', 'RARE'), (end) => [
    { kind: 'top', n: undefined, descending: end === 'COMMON', by: { kind: 'rows' }, needsNoun: true },
  ]),
  // 净收入最高的
  map(inChinese(seq(subject, most)), ([term, end]) => [{ kind: 'top', n: undefined, ...end, by: term }]),
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
