import type { Clause, RatioTerm, Term } from './clauses.ts';
import { either, itemOf, map, maybe, type Rule, seq, word } from './parser.ts';
import { aggregatePhrase, countPhrase, entity, fieldAggregate, metricPhrase, type Phrase } from './terms.ts';

const measured: Rule<Phrase> = either(metricPhrase, countPhrase, aggregatePhrase);

const denominator: Rule<RatioTerm['per']> = either<RatioTerm['per']>(
  entity,
  map(itemOf('metric'), ({ metric }) => ({ kind: 'metric', metric })),
);

const isTotal = (term: Term | undefined): term is RatioTerm['of'] =>
  term?.kind === 'metric' || term?.kind === 'count' || term?.kind === 'aggregate';

function ratio({ terms, clauses }: Phrase, per: RatioTerm['per'], saysAverage: boolean): Phrase | undefined {
  const [of, ...more] = terms;
  if (!isTotal(of) || more.length > 0) return undefined;
  const own: readonly Clause[] = clauses;
  return { terms: [{ kind: 'ratio', of, per, saysAverage }], clauses: own };
}

/** "orders per customer", "average number of orders per customer", 每个客户的平均订单数. */
export const rate: Rule<Phrase> = either<Phrase>(
  map(seq(maybe(word('AVG')), measured, word('PER'), denominator, maybe(word('AVG'))), ([before, of, , per, after]) =>
    ratio(of, per, before !== undefined || after !== undefined),
  ),
  // "average discount per order": the discounts of all, by their number
  map(seq(word('AVG'), fieldAggregate('sum'), word('PER'), denominator), ([, of, , per]) => ratio(of, per, true)),
  map(seq(word('EACH'), denominator, word('AVG'), measured), ([, per, , of]) => ratio(of, per, true)),
  map(seq(word('AVG'), word('EACH'), denominator, measured), ([, , per, of]) => ratio(of, per, true)),
);
