import type { Part } from './clauses.ts';
import { either, itemOf, listOf, map, maybe, type Rule, seq, word } from './parser.ts';
import { dimension, type Phrase, phrase, separator } from './terms.ts';

const isMeasured = ({ terms }: Phrase): boolean =>
  terms.every(({ kind }) => kind === 'metric' || kind === 'count' || kind === 'aggregate');

/** "gross revenue vs net revenue by month". */
const compared: Rule<readonly Phrase[]> = map(seq(phrase, word('VS'), phrase), ([one, , other]) =>
  isMeasured(one) && isMeasured(other) ? [one, other] : undefined,
);

/** What is asked for. */
export const show: Rule<Part> = map(either(listOf(phrase, separator), compared), (phrases) => [
  {
    kind: 'show',
    terms: phrases.flatMap(({ terms }) => terms),
    distinct: phrases.some((one) => one.distinct === true),
  },
  ...phrases.flatMap(({ clauses }) => clauses),
]);

/** What it is grouped by. */
export const by: Rule<Part> = either<Part>(
  map(
    seq(word('BY', 'EACH'), maybe(word('EACH')), maybe(word('DISTINCT')), listOf(dimension, separator)),
    ([, , , terms]) => [{ kind: 'by', terms }],
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
