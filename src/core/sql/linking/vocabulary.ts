/** A word of the catalogue that a word of the question may stand for, and how certainly: 1 is the word itself. */
export type NearWord = { readonly word: string; readonly closeness: number };

/** The words of a catalogue, found by spelling. */
export type Vocabulary = { near(word: string): readonly NearWord[] };

/** From this share of common trigrams (Jaccard) on, one of two words may be a misspelling of the other. */
const leastAlike = 0.5;
/** How much a word counts that is misspelt, part of a compound, or abbreviated. */
const misspelt = 0.75;
const partOfCompound = 0.7;
const abbreviated = 0.7;
/** Abbreviations are about this long; longer ones are words. */
const longestAbbreviation = 5;

/**
 * Finds words by trigrams (a misspelling, `gasstation` for "station") and by what an abbreviation keeps of a word: its
 * first letter and others in order (`cust`, `nm`, `qty`).
 */
export function createVocabulary(words: Iterable<string>): Vocabulary {
  const all = [...new Set(words)];
  const known = new Set(all);
  const withTrigram = new Map<string, number[]>();
  const trigramCounts = new Uint16Array(all.length);
  const short = new Map<string, string[]>();
  for (const [at, word] of all.entries()) {
    const trigrams = word.length > 3 ? trigramsOf(word) : [];
    trigramCounts[at] = trigrams.length;
    for (const trigram of trigrams) push(withTrigram, trigram, at);
    if (word.length > 1 && word.length <= longestAbbreviation && /^[a-z]+$/.test(word))
      push(short, word.charAt(0), word);
  }
  return {
    near(word) {
      const found = new Map<string, number>(known.has(word) ? [[word, 1]] : []);
      const add = (other: string, closeness: number): void => {
        if (closeness > (found.get(other) ?? 0)) found.set(other, closeness);
      };
      if (word.length > 3) {
        const own = trigramsOf(word);
        for (const [at, shared] of sharedTrigrams(own, withTrigram)) {
          const other = all[at] ?? '';
          const alike = shared / (own.length + (trigramCounts[at] ?? 0) - shared);
          if (isPart(word, other) || isPart(other, word)) add(other, partOfCompound * lengthShare(word, other));
          else if (alike >= leastAlike && !found.has(word)) add(other, misspelt * alike);
        }
        for (const other of short.get(word.charAt(0)) ?? []) if (abbreviates(other, word)) add(other, abbreviated);
      }
      return [...found].map(([near, closeness]) => ({ word: near, closeness }));
    },
  };
}

/** "station" in `gasstation`: at its start or end, and long enough not to be a coincidence. */
const isPart = (part: string, whole: string): boolean =>
  part.length > 3 && whole.length > part.length && (whole.startsWith(part) || whole.endsWith(part));

/** A part that makes up most of the compound counts more; never less than three quarters. */
const lengthShare = (a: string, b: string): number =>
  0.75 + (0.25 * Math.min(a.length, b.length)) / Math.max(a.length, b.length);

/**
 * `cust`, `qty`, `amt`: the same first letter, and all letters occur in the word in order. A prefix needs three
 * letters.
 */
export function abbreviates(short: string, word: string): boolean {
  if (short.length * 1.3 > word.length) return false;
  if (word.startsWith(short)) return short.length > 2;
  if (/[aeiou]/.test(short.slice(1, -1))) return false;
  let at = 0;
  // Stems end in i where words end in y.
  for (const letter of word) if (letter === short[at] || (letter === 'i' && short[at] === 'y')) at += 1;
  return at === short.length && /[^aeiou]$/.test(short);
}

function sharedTrigrams(own: readonly string[], withTrigram: ReadonlyMap<string, readonly number[]>) {
  const shared = new Map<number, number>();
  for (const trigram of own) for (const at of withTrigram.get(trigram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
  return shared;
}

function trigramsOf(word: string): readonly string[] {
  const edged = ` ${word} `;
  return [...new Set(Array.from({ length: Math.max(0, edged.length - 2) }, (_, at) => edged.slice(at, at + 3)))];
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
