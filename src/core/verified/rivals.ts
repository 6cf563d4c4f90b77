import type { Alignment } from './align.ts';
import { fullKey, type Phrasing } from './phrasing.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { isSlot, slotName } from './slots.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** Finds other queries that a question may also mean, nearest first. */
export type RivalsOf = (question: string, alignment: Alignment) => readonly VerifiedQuery[];

/** Below this score a phrasing is about something else, whatever words they share. */
const nearEnough = 0.55;
/** How many of the nearest phrasings are examined. */
const looked = 60;

/**
 * A question can match one query but mean another whose author did not think of these words. A near query is a rival
 * when nothing distinguishes the two: its author has words for everything in the question, and the matching query has
 * words for everything in the near phrasing. A question in exactly the words of a phrasing has no such rivals. A query
 * that shares a phrasing with the matching one is always a rival.
 */
export function createRivals(phrasings: readonly Phrasing[], index: PhrasingIndex): RivalsOf {
  const vocabularies = vocabulariesOf(phrasings);
  const entangled = entangledOf(phrasings);
  const canSay = (query: VerifiedQuery, words: readonly string[]): boolean =>
    words.every((word) => vocabularies.get(query.id)?.has(word));
  return (question, { phrasing: { query: own }, elements, isLiteral }) => {
    const shared = entangled.get(own.id) ?? [];
    if (isLiteral) return shared;
    const asked = kindsOf(elements, own);
    const near = index
      .rank(question, looked)
      .filter(({ score, phrasing: { query } }) => score >= nearEnough && query.id !== own.id)
      .filter(({ phrasing: { query, elements: said } }) => canSay(query, asked) && canSay(own, kindsOf(said, query)))
      .map(({ phrasing: { query } }) => query);
    return [...new Map([...near, ...shared].map((query) => [query.id, query])).values()];
  };
}

/** Elements with slots replaced by what they hold, so that a city is not a country. */
const kindsOf = (elements: readonly string[], { parameters }: VerifiedQuery): readonly string[] =>
  elements.map((element) => {
    const parameter = isSlot(element) ? parameters[slotName(element)] : undefined;
    return parameter === undefined ? element : kindOf(parameter);
  });

const kindOf = (parameter: Parameter): string =>
  parameter.type === 'value' ? `{value:${parameter.column}}` : `{${parameter.type}}`;

/** All words of a query's phrasings, by its id. */
function vocabulariesOf(phrasings: readonly Phrasing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const vocabularies = new Map<string, Set<string>>();
  for (const { query, elements } of phrasings) {
    const words = vocabularies.get(query.id) ?? new Set(Object.values(query.parameters).map(kindOf));
    vocabularies.set(query.id, words);
    for (const word of kindsOf(elements, query)) words.add(word);
  }
  return vocabularies;
}

/** Queries that share the meaning of a phrasing, by id. */
function entangledOf(phrasings: readonly Phrasing[]): ReadonlyMap<string, readonly VerifiedQuery[]> {
  const owners = new Map<string, Map<string, VerifiedQuery>>();
  for (const phrasing of phrasings) {
    const { query } = phrasing;
    const key = fullKey(phrasing);
    owners.set(key, (owners.get(key) ?? new Map<string, VerifiedQuery>()).set(query.id, query));
  }
  const entangled = new Map<string, VerifiedQuery[]>();
  for (const queries of owners.values())
    for (const id of queries.keys())
      for (const other of queries.values())
        if (other.id !== id) entangled.set(id, [...(entangled.get(id) ?? []), other]);
  return entangled;
}
