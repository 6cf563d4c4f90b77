import type { Catalogue } from '../sql/catalogue.ts';
import { isOperator } from './meaning-key.ts';
import type { Phrasing } from './phrasing.ts';
import { isSlot, slotType } from './slots.ts';
import { stem } from './tokens.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** What words mean in one data source, beyond the lexicon. Applied to phrasings and questions alike. */
export type Wording = (elements: readonly string[], query: VerifiedQuery) => readonly string[];

/** A column with more distinct values is not one that people list figures by. */
const maxGroups = 60;

/** Nouns that name a category of things: a column of few values, or a table of few names. "per" before them is "by". */
function categoricalNouns(catalogue: Catalogue): ReadonlySet<string> {
  const nouns = catalogue.tables.flatMap((table) =>
    table.columns
      .filter(({ type, values }) => type === 'text' && values.length > 0 && values.length <= maxGroups)
      .flatMap(({ name }) => (name === 'name' ? [table.name] : [name])),
  );
  return new Set(
    nouns.flatMap((noun) => [stem(noun.toLowerCase()), stem(noun.toLowerCase().split('_').at(-1) ?? noun)]),
  );
}

/** "revenue per category" lists it by category; "revenue per customer" is a ratio. */
const groupedBy = (elements: readonly string[], categorical: ReadonlySet<string>): readonly string[] =>
  elements.map((element, i) =>
    element === 'per' && [elements[i + 1], elements[i + 2]].some((noun) => categorical.has(noun ?? ''))
      ? 'BY'
      : element,
  );

/** A query without a period tells the state of now, so that "right now" adds nothing. */
const present = (elements: readonly string[], { parameters }: VerifiedQuery): readonly string[] =>
  Object.values(parameters).some(({ type }) => type === 'period')
    ? elements
    : elements.filter((word) => word !== 'NOW');

export function createWording(catalogue: Catalogue): Wording {
  const categorical = categoricalNouns(catalogue);
  return (elements, query) => present(groupedBy(elements, categorical), query);
}

/** A word that may be left out beside another: `net` before `revenue`, `euro` after a number. */
type Optional = string;

const kind = (element: string | undefined): string =>
  element === undefined ? '' : isSlot(element) ? slotType(element) : element;
const beforeWord = (word: string, next: string | undefined): Optional => `${word}>${kind(next)}`;
const afterWord = (word: string, previous: string | undefined): Optional => `${kind(previous)}<${word}`;

const isContent = (word: string): boolean => /^\p{Ll}/u.test(word) && !isOperator(word);

/** The one word that `longer` has more than `shorter`, with its neighbour. */
function extraWord(shorter: readonly string[], longer: readonly string[]): Optional | undefined {
  if (longer.length !== shorter.length + 1) return undefined;
  const at = longer.findIndex((word, i) => word !== shorter[i]);
  const [word, next] = [longer[at] ?? '', longer[at + 1]];
  if (!isContent(word) || longer.slice(at + 1).some((other, i) => other !== shorter[at + i])) return undefined;
  return next === undefined || next === '|' ? afterWord(word, longer[at - 1]) : beforeWord(word, next);
}

const keyOf = (phrasing: Phrasing): string => phrasing.keyFor(new Set(Object.keys(phrasing.query.parameters)));

function optionalIn(phrasings: readonly Phrasing[]): ReadonlySet<Optional> {
  const keys = [...new Set(phrasings.map(keyOf))].map((key) => key.split(' '));
  return new Set(keys.flatMap((a) => keys.map((b) => extraWord(a, b)).filter((found) => found !== undefined)));
}

const without = (elements: readonly string[], optional: ReadonlySet<Optional>): readonly string[] =>
  elements.filter(
    (word, i) => !optional.has(beforeWord(word, elements[i + 1])) && !optional.has(afterWord(word, elements[i - 1])),
  );

/** Some two queries that are different would be the same without the word. */
function confuses(word: Optional, phrasings: readonly Phrasing[]): boolean {
  const owners = new Map<string, string>();
  return phrasings.some((phrasing) => {
    const key = without(keyOf(phrasing).split(' '), new Set([word])).join(' ');
    const owner = owners.get(key) ?? phrasing.query.id;
    owners.set(key, owner);
    return owner !== phrasing.query.id && !keyOf(phrasing).includes(key);
  });
}

/**
 * Learns from the file itself which words its authors leave out: a query that lists both "net revenue by city" and
 * "revenue by city" needs no "net". What two queries agree on, and no two queries are told apart by, holds for all.
 */
export function learnOptionalWords(phrasingsOf: ReadonlyMap<string, readonly Phrasing[]>, wording: Wording): Wording {
  const own = new Map([...phrasingsOf].map(([id, phrasings]) => [id, optionalIn(phrasings)]));
  const votes = new Map<Optional, number>();
  for (const words of own.values()) for (const word of words) votes.set(word, (votes.get(word) ?? 0) + 1);
  const all = [...phrasingsOf.values()].flat();
  const common = [...votes].filter(([word, count]) => count >= 2 && !confuses(word, all)).map(([word]) => word);
  const allowed = new Map([...own].map(([id, words]) => [id, new Set([...words, ...common])]));
  return (elements, query) => without(wording(elements, query), allowed.get(query.id) ?? new Set());
}
