import type { Part } from './clauses.ts';
import { rate } from './clauses-rates.ts';
import { either, followsParticiple, itemOf, listOf, map, maybe, type Rule, seq, word } from './parser.ts';
import { dimension, type Phrase, phrase, separator } from './terms.ts';

const isMeasured = ({ terms }: Phrase): boolean =>
  terms.every(({ kind }) => kind === 'metric' || kind === 'count' || kind === 'aggregate');

/** "gross revenue vs net revenue by month"; "app orders vs web orders" are orders by channel, of these two. */
const compared: Rule<readonly Phrase[]> = map(seq(phrase, word('VS'), phrase), ([one, , other]) => {
  if (one.clauses.length + other.clauses.length > 0) return sideBySide(one, other);
  return isMeasured(one) && isMeasured(other) ? [one, other] : undefined;
});

/** The same thing of two values. What only one side says, or says of something else, has no place in one row. */
function sideBySide(one: Phrase, other: Phrase): readonly Phrase[] | undefined {
  const [a, b] = [one.clauses[0], other.clauses[0]];
  if (one.clauses.length !== 1 || other.clauses.length !== 1 || a?.kind !== 'values' || b?.kind !== 'values')
    return undefined;
  if (a.negated || b.negated || JSON.stringify(one.terms) !== JSON.stringify(other.terms)) return undefined;
  return [{ ...one, clauses: [{ ...a, values: [...a.values, ...b.values], joint: 'or', isApart: true }] }];
}

const rated = map(rate, (one): readonly Phrase[] => [one]);

/** What is asked for. */
export const show: Rule<Part> = map(either(listOf(phrase, separator), compared, rated), (phrases) => [
  {
    kind: 'show',
    terms: phrases.flatMap(({ terms }) => terms),
    distinct: phrases.some((one) => one.distinct === true),
  },
  ...phrases.flatMap(({ clauses }) => clauses),
]);

/** What it is grouped by. */
export const by: Rule<Part> = (from, lattice) => {
  const isDone = followsParticiple(from, lattice);
  const found = grouped(from, lattice);
  return isDone
    ? found.map((one) => ({
        ...one,
        value: one.value.map((clause) => (clause.kind === 'by' ? { ...clause, isDone } : clause)),
      }))
    : found;
};

const grouped: Rule<Part> = either<Part>(
  map(
    seq(word('BY', 'EACH', 'PER'), maybe(word('EACH')), maybe(word('DISTINCT')), listOf(dimension, separator)),
    ([how, , , terms]) => [{ kind: 'by', terms, ...(how === 'PER' ? { isPer: true } : {}) }],
  ),
  // "by created at month"
  map(seq(word('BY', 'EACH'), itemOf('fields'), itemOf('grain')), ([, { fields }, { grain }]) => [
    { kind: 'by', terms: [{ kind: 'grain', grain }] },
    { kind: 'dated', field: { kind: 'field', fields } },
  ]),
  // "how many does each have": by what is shown. "per" says by what.
  (from, lattice) =>
    word('EACH')(from, lattice)
      .filter(({ to }) => !/^(?:per|every)$/.test(lattice.tokens[to - 1]?.text ?? ''))
      .map((found) => ({ ...found, value: [{ kind: 'by', terms: [] }] })),
  map(itemOf('byGrain'), ({ grain }) => [{ kind: 'by', terms: [{ kind: 'grain', grain }] }]),
);
