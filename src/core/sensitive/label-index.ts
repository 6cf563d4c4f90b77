import { fold } from './prepare.ts';

/** Words of labels, found in a text from left to right without one large pattern: some thousand words are looked up. */
export type LabelIndex = {
  /** Where the longest label that begins at a place ends. */
  readonly endAt: (lower: string, place: number) => number | undefined;
  readonly places: (lower: string) => Iterable<Place>;
};

export type Place = { readonly start: number; readonly end: number };

export type LabelWord = { readonly phrase: string; readonly language: string };

/** Languages that write several words as one, so that a label may stand at the end of a longer word. */
const compounding = new Set(['de', 'nl', 'sv', 'da', 'no', 'fi', 'hu', 'is', 'et']);
const leastCompounded = 6;

const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}\p{N}]/u;
const letter = /[\p{L}\p{M}\p{N}]/u;
const gaps = /[\s_'’.-]/;

/** Letters that an ending may have: none behind short words, which would turn into others. */
function longestEnding({ length }: string, language: string): number {
  if (length <= 3) return 0;
  if (language === 'en') return 2;
  return length === 4 ? 2 : length === 5 ? 3 : 5;
}

type Entry = { readonly words: readonly string[]; readonly endings: readonly number[]; readonly compounds: boolean };

/** For scripts that do not part words, and for words with signs: as they are written. */
type Literal = { readonly text: string; readonly isBounded: boolean };

export function createLabelIndex(labels: readonly LabelWord[]): LabelIndex {
  const entries = new Map<string, Entry[]>();
  const literals = new Map<string, Literal[]>();
  for (const { phrase, language } of labels) {
    const folded = fold(phrase).toLowerCase();
    if (spaced.test(folded.charAt(0)) && /^[\p{L}\p{M}\p{N}\s'’-]+$/u.test(folded)) {
      const words = folded.split(/[\s'’-]+/).filter(Boolean);
      push(entries, keyOf(words[0] ?? ''), {
        words,
        endings: words.map((word) => longestEnding(word, language)),
        compounds: compounding.has(language) && (words[0]?.length ?? 0) >= leastCompounded,
      });
    } else
      push(literals, folded.charAt(0), {
        text: folded,
        isBounded: spaced.test(folded.charAt(0)) || isShortWord(folded),
      });
  }

  const wordAt = (lower: string, place: number, onlyCompounds: boolean): number | undefined => {
    const found = [
      ...(entries.get(lower.slice(place, place + 3)) ?? []),
      ...(entries.get(lower.slice(place, place + 2)) ?? []),
      ...(entries.get(lower.slice(place, place + 1)) ?? []),
    ]
      .filter(({ compounds }) => compounds || !onlyCompounds)
      .flatMap((entry) => endOf(entry, lower, place) ?? []);
    return found.length === 0 ? undefined : Math.max(...found);
  };
  const literalAt = (lower: string, place: number): number | undefined => {
    const ends = (literals.get(lower.charAt(place)) ?? [])
      .filter(
        ({ text, isBounded }) =>
          lower.startsWith(text, place) && (!isBounded || isWhole(lower, place, place + text.length)),
      )
      .map(({ text }) => place + text.length);
    return ends.length === 0 ? undefined : Math.max(...ends);
  };
  const endAt = (lower: string, place: number): number | undefined => {
    const isStart = place === 0 || !letter.test(lower.charAt(place - 1));
    const word = isStart ? wordAt(lower, place, false) : undefined;
    const literal = literalAt(lower, place);
    return word === undefined || literal === undefined ? (word ?? literal) : Math.max(word, literal);
  };

  return {
    endAt,
    *places(lower) {
      for (let place = 0; place < lower.length; ) {
        const isInside = place > 0 && /[a-zа-я]/.test(lower.charAt(place - 1)) && /[a-zа-я]/.test(lower.charAt(place));
        const end = isInside ? wordAt(lower, place, true) : endAt(lower, place);
        if (end === undefined) place += 1;
        else {
          yield { start: place, end };
          place = end;
        }
      }
    },
  };
}

const keyOf = (word: string): string => word.slice(0, 3);
const isShortWord = (text: string): boolean =>
  text.length <= 3 && /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}]/u.test(text);

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

const isWhole = (lower: string, start: number, end: number): boolean =>
  !letter.test(lower.charAt(start - 1) || ' ') && !letter.test(lower.charAt(end) || ' ');

/** Word for word, each with its ending, with at most two signs in between. */
function endOf({ words, endings }: Entry, lower: string, place: number): number | undefined {
  let at = place;
  for (const [index, word] of words.entries()) {
    for (let gap = 0; index > 0 && gap < 2 && gaps.test(lower.charAt(at)); gap += 1) at += 1;
    if (!lower.startsWith(word, at)) return undefined;
    at += word.length;
    let ending = endings[index] ?? 0;
    while (ending > 0 && /[\p{L}\p{M}]/u.test(lower.charAt(at))) {
      at += 1;
      ending -= 1;
    }
    if (/[\p{L}\p{M}]/u.test(lower.charAt(at)) && spaced.test(lower.charAt(at))) return undefined;
  }
  return at;
}
