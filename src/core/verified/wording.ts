import type { Catalogue } from '../data/catalogue.ts';
import { stem } from '../language/tokens.ts';
import { isOperator } from './meaning-key.ts';
import { fullKey, type Phrasing, type Wording } from './phrasing.ts';
import { isSlot, slotType } from './slots.ts';
import type { MayDrop } from './unaccounted.ts';
import type { VerifiedQuery } from './verified-query.ts';

/** People do not group by a column with more distinct values than this. */
const maxGroups = 60;

/** Nouns for categories: columns of few values, or tables of few names. "per" before them means "by". */
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

/** A query without a period is about the present, so "right now" adds nothing. */
const present = (elements: readonly string[], { parameters }: VerifiedQuery): readonly string[] =>
  Object.values(parameters).some(({ type }) => type === 'period')
    ? elements
    : elements.filter((word) => word !== 'NOW');

/** Creates the wording of a source from its catalogue. */
export function createWording(catalogue: Catalogue): Wording {
  const categorical = categoricalNouns(catalogue);
  return (elements, query) => present(groupedBy(elements, categorical), query);
}

/** A word that may be omitted next to another: `net` before `revenue`, `euro` after a number. */
type Optional = string;

const kind = (element: string | undefined): string =>
  element === undefined ? '' : isSlot(element) ? slotType(element) : element;
const beforeWord = (word: string, next: string | undefined): Optional => `${word}>${kind(next)}`;
const afterWord = (word: string, previous: string | undefined): Optional => `${kind(previous)}<${word}`;
/** The word itself. */
const wordOf = (optional: Optional): string =>
  optional.includes('>') ? optional.slice(0, optional.indexOf('>')) : optional.slice(optional.indexOf('<') + 1);

const isContent = (word: string): boolean => /^\p{Ll}/u.test(word) && !isOperator(word);

/** The one word that `longer` has in addition to `shorter`, with its neighbour. */
function extraWord(shorter: readonly string[], longer: readonly string[]): Optional | undefined {
  if (longer.length !== shorter.length + 1) return undefined;
  const at = longer.findIndex((word, i) => word !== shorter[i]);
  const [word, next] = [longer[at] ?? '', longer[at + 1]];
  if (!isContent(word) || longer.slice(at + 1).some((other, i) => other !== shorter[at + i])) return undefined;
  return next === undefined || next === '|' ? afterWord(word, longer[at - 1]) : beforeWord(word, next);
}

/** The distinct meanings of a query's phrasings, word by word. */
const keysOf = (phrasings: readonly Phrasing[]): readonly (readonly string[])[] =>
  [...new Set(phrasings.map(fullKey))].map((key) => key.split(' '));

const optionalIn = (keys: readonly (readonly string[])[]): ReadonlySet<Optional> =>
  new Set(keys.flatMap((a) => keys.map((b) => extraWord(a, b)).filter((found) => found !== undefined)));

const without = (elements: readonly string[], optional: ReadonlySet<Optional>): readonly string[] =>
  elements.filter(
    (word, i) => !optional.has(beforeWord(word, elements[i + 1])) && !optional.has(afterWord(word, elements[i - 1])),
  );

type Owned = { readonly id: string; readonly words: readonly string[] };

/** Whether two different queries would be the same without a word. */
function confusion(owned: readonly Owned[]): (word: Optional) => boolean {
  const owners = new Map<string, Set<string>>();
  const having = new Map<string, Owned[]>();
  for (const one of owned) {
    const key = one.words.join(' ');
    owners.set(key, (owners.get(key) ?? new Set()).add(one.id));
    for (const word of new Set(one.words)) having.set(word, [...(having.get(word) ?? []), one]);
  }
  return (optional) => {
    const reduced = new Map<string, string>();
    return (having.get(wordOf(optional)) ?? []).some(({ id, words }) => {
      const key = without(words, new Set([optional])).join(' ');
      if (key === words.join(' ')) return false;
      const other = reduced.get(key) ?? id;
      reduced.set(key, other);
      return other !== id || [...(owners.get(key) ?? [])].some((owner) => owner !== id);
    });
  };
}

/**
 * Learns from the file which words its authors omit: a query that lists both "net revenue by city" and "revenue by
 * city" does not need "net". A word that two queries treat as optional, and that no two queries differ by, is optional
 * for all.
 */
export function learnOptionalWords(
  phrasingsOf: ReadonlyMap<string, readonly Phrasing[]>,
  wording: Wording,
): { readonly wording: Wording; readonly mayDrop: MayDrop } {
  const keys = new Map([...phrasingsOf].map(([id, phrasings]) => [id, keysOf(phrasings)]));
  const own = new Map([...keys].map(([id, all]) => [id, optionalIn(all)]));
  const votes = new Map<Optional, number>();
  for (const words of own.values()) for (const word of words) votes.set(word, (votes.get(word) ?? 0) + 1);
  const confuses = confusion([...keys].flatMap(([id, all]) => all.map((words) => ({ id, words }))));
  const common = [...votes].filter(([word, count]) => count >= 2 && !confuses(word)).map(([word]) => word);
  const allowed = new Map([...own].map(([id, words]) => [id, new Set([...words, ...common])]));
  const droppable = new Map([...allowed].map(([id, words]) => [id, new Set([...words].map(wordOf))]));
  return {
    wording: (elements, query) => without(wording(elements, query), allowed.get(query.id) ?? new Set()),
    mayDrop: (word, { id }) => droppable.get(id)?.has(word) ?? false,
  };
}
