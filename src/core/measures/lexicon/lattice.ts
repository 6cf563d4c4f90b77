import { joinWords } from '../../language/column-values.ts';
import type { DateReader, Day } from '../../language/dates.ts';
import { findNumbers } from '../../language/numbers.ts';
import { readPeriods } from '../../language/periods.ts';
import { readText, type Token } from '../../language/tokens.ts';
import type { Item } from './items.ts';
import type { Lexicon } from './lexicon.ts';
import type { VerbMeaning } from './verbs.ts';

/** A reading of the tokens up to `to`. */
export type Arc = { readonly to: number; readonly item: Item; readonly cost: number };

/** A question with everything that its runs of words can be. */
export type Lattice = {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** By first token. */
  readonly arcs: readonly (readonly Arc[])[];
  /** By first token: where runs of words without weight end. */
  readonly noise: readonly (readonly number[])[];
  /** What has to have a place in the SQL, by the verbs that say so. */
  readonly verbs: readonly VerbMeaning[];
  /** A comma stands before this token. */
  readonly comma: readonly boolean[];
  /** A sentence has ended before this token. */
  readonly stop: readonly boolean[];
};

/** Words of an unknown spelling cost this much more than known ones. */
const misspelt = 1.5;
/** The longest value or name, in tokens. */
const longest = 10;

const quotes = /"([^"]+)"|(?<=^|[\s(])'([^']+)'(?=$|[\s.,?!;:)])|[“”]([^“”]+)[“”]/gu;

/** A comma before a date is no part of it. The length stays. */
const withoutCommas = (text: string): string => text.replace(/(?<!\d),|,(?!\d)/g, ' ');

/** "all of last year" */
const allOf = /\b(?:all|whole|entire|full)(?: of)?(?: the)? $/;
/** "who teach", "never ordered": the word behind is a verb, whatever else is called so. */
const beforeVerb = /^(?:who|that|which|not|never|does|do|did|have|has|had)$/;

const mayBeVerb = (item: Item): boolean =>
  item.kind === 'entity' || item.kind === 'fields' || (item.kind === 'word' && /^(?:DID|ORDER)$/.test(item.word));

/** Which place or day is asked for is said by no other word. */
const asksForPlace = /^where\b/;

export type Asked = { readonly today: Day; readonly dates: DateReader };

export function readLattice(question: string, lexicon: Lexicon, { today, dates }: Asked): Lattice {
  const { text, tokens: read } = readText(question);
  const tokens = read.map((token) => (token.text === 'ids' ? { ...token, stem: 'id' } : token));
  const arcs: Arc[][] = tokens.map(() => []);
  const put = (from: number, to: number, item: Item, cost = 1): void => {
    arcs[from]?.push({ to, item, cost });
  };
  const tokenAt = (offset: number): number => {
    const at = tokens.findIndex(({ end }) => end > offset);
    return at === -1 ? tokens.length : at;
  };

  for (const { from, to, span, others = [], window } of readPeriods(withoutCommas(text), today, dates))
    for (const one of tokenAt(from) < tokenAt(to) ? [span, ...others] : [])
      put(tokenAt(from), tokenAt(to), {
        kind: 'period',
        span: one,
        text: text.slice(from, to),
        ...(window ? { window } : {}),
        ...(allOf.test(text.slice(0, from)) ? { isWhole: true } : {}),
      });
  for (const { from, to, value } of findNumbers(tokens)) put(from, to, { kind: 'number', value });
  quotedIn(question, text).forEach(({ start, end, words }) => {
    const [from, to] = [tokenAt(start), tokenAt(end)];
    const values = lexicon.value(joinWords(words), true);
    if (from >= to) return;
    if (values.length > 0) put(from, to, { kind: 'values', values }, 0.5);
    put(from, to, { kind: 'quoted', text: words, isValue: values.length > 0 }, 0.5);
  });
  for (let from = 0; from < tokens.length; from++)
    for (let to = from + 1; to <= Math.min(tokens.length, from + longest); to++) {
      for (const { item, cost } of lexicon.items(tokens.slice(from, to))) put(from, to, item, 1 + cost);
      const values = lexicon.value(
        tokens
          .slice(from, to)
          .map((token) => token.text.replace(/[^\p{L}\p{N}]+/gu, ''))
          .join(''),
      );
      if (values.length > 0) put(from, to, { kind: 'values', values });
    }
  const noise = tokens.map((_, from) =>
    from === 0 && asksForPlace.test(text) ? [] : [...lexicon.noiseFrom(tokens, from)],
  );
  const verbs = tokens.flatMap((token, at) => {
    const isKnown = arcs.some((list, from) => list.some(({ to }) => from <= at && at < to)) || noise[at]?.length;
    const mayBeDone = beforeVerb.test(tokens[at - 1]?.text ?? '') && arcs[at]?.every(({ item }) => mayBeVerb(item));
    const meaning = isKnown && !mayBeDone ? undefined : lexicon.verb(token.text);
    if (meaning === undefined) return [];
    if (isKnown) {
      put(at, at + 1, { kind: 'verb', meaning });
      return [];
    }
    // "taught by" is said of one side, "teaches" of the other.
    const end = at + (tokens[at + 1]?.text === 'by' ? 2 : 1);
    put(at, end, { kind: 'verb', meaning });
    noise[at]?.push(end);
    if (/^(?:have|has|had)$/.test(tokens[at - 1]?.text ?? '')) noise[at - 1]?.push(end);
    return [meaning];
  });
  tokens.forEach((token, at) => {
    if (arcs.some((list, from) => list.some(({ to }) => from <= at && at < to))) return;
    if (lexicon.isNoiseWord(token.text)) return;
    for (const item of lexicon.misspelt(token)) put(at, at + 1, item, misspelt);
  });
  return {
    text,
    tokens,
    arcs: whole(arcs),
    noise,
    verbs,
    stop: tokens.map(({ start }, i) =>
      /[.?!:。？！：]\s*["')”]?\s*$/u.test(text.slice(tokens[i - 1]?.end ?? start, start)),
    ),
    comma: tokens.map(({ start }, i) => /[,;，；、]/u.test(text.slice(tokens[i - 1]?.end ?? start, start))),
  };
}

/**
 * A name of several words is not taken apart: "unit cost" is no cost of units, and "cancelled orders", where they are
 * a metric, are not what another metric of orders has of a status.
 */
function whole(arcs: readonly (readonly Arc[])[]): readonly (readonly Arc[])[] {
  const columns = arcs.flatMap((list, from) =>
    list.flatMap(({ item, to }) => (item.kind === 'fields' && to > from + 1 ? [{ from, to }] : [])),
  );
  const metrics = arcs.flatMap((list, from) =>
    list.flatMap(({ item, to }) => (item.kind === 'metric' && to > from + 1 ? [{ from, to }] : [])),
  );
  const isInside = (names: typeof columns, at: number, to: number): boolean =>
    names.some((name) => name.from <= at && to <= name.to && to - at < name.to - name.from);
  const isPart = ({ item, to }: Arc, at: number): boolean =>
    (item.kind === 'metric' && isInside(columns, at, to)) || (item.kind === 'values' && isInside(metrics, at, to));
  return columns.length + metrics.length === 0 ? arcs : arcs.map((list, at) => list.filter((arc) => !isPart(arc, at)));
}

/** Quoted runs: where they stand in the normalised text, and the words as they were typed. */
function quotedIn(question: string, text: string): readonly { start: number; end: number; words: string }[] {
  const typed = [
    ...question
      .normalize('NFKC')
      .replace(/[‘’ʼ`´]/gu, "'")
      .matchAll(quotes),
  ];
  return [...text.matchAll(quotes)].flatMap((match, i) => {
    const words = typed[i]
      ?.slice(1)
      .find((one) => one !== undefined)
      ?.trim();
    return words ? [{ start: match.index + 1, end: match.index + match[0].length - 1, words }] : [];
  });
}
