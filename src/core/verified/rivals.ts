import type { Alignment } from './align.ts';
import { fullKey, type Phrasing } from './phrasing.ts';
import type { PhrasingIndex } from './phrasing-index.ts';
import { isSlot, slotName } from './slots.ts';
import type { Parameter, VerifiedQuery } from './verified-query.ts';

/** The other queries that a question may mean as well as the one it fits, nearest first. */
export type RivalsOf = (question: string, alignment: Alignment) => readonly VerifiedQuery[];

/** Below this a phrasing is about something else, whatever words they have in common. */
const nearEnough = 0.55;
/** Phrasings that are looked at. */
const looked = 60;

/**
 * A question can fit the words of one query and mean another whose author did not think of these words. A near query is
 * a rival when nothing tells the two apart: it has words for all that the question says, and the query that fits has
 * words for all that its near phrasing says. A question in the very words of a phrasing has no rivals of this kind. One
 * that shares a phrasing with the query always is: their authors do not keep the two apart themselves.
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

/** Slots are alike when they hold the same kind of thing: a city is no country. */
const kindsOf = (elements: readonly string[], { parameters }: VerifiedQuery): readonly string[] =>
  elements.map((element) => {
    const parameter = isSlot(element) ? parameters[slotName(element)] : undefined;
    return parameter === undefined ? element : kindOf(parameter);
  });

const kindOf = (parameter: Parameter): string =>
  parameter.type === 'value' ? `{value:${parameter.column}}` : `{${parameter.type}}`;

/** Every word that the author of a query has for it, by id. */
function vocabulariesOf(phrasings: readonly Phrasing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const vocabularies = new Map<string, Set<string>>();
  for (const { query, elements } of phrasings) {
    const words = vocabularies.get(query.id) ?? new Set(Object.values(query.parameters).map(kindOf));
    vocabularies.set(query.id, words);
    for (const word of kindsOf(elements, query)) words.add(word);
  }
  return vocabularies;
}

/** Queries with a phrasing that means the same as one of another, and those others. */
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
