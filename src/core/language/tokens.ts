/** A word, a single Han character, a number or a symbol that carries meaning. Offsets are into the normalised text. */
export type Token = {
  /** Lower case. */
  readonly text: string;
  /** `text` without its plural ending, irregular forms replaced: what words are compared by. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

/** A normalised text with its tokens. */
export type Text = { readonly text: string; readonly tokens: readonly Token[] };

const spellings: readonly (readonly [RegExp, string])[] = [
  [/[‘’ʼ`´]/gu, "'"],
  // A sign stands before its number: "-50", "minus 50", 负50.
  [/(?<=^|[\s(,，])[−–](?=\d)|\b(?:minus|negative)\s+(?=\d)/gu, '-'],
  [/负(?=\d)/gu, ' -'],
  [/\bcan't\b|\bcannot\b|\bcant\b/gu, 'can not'],
  [/\bwon't\b|\bwont\b/gu, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had)n'?t\b/gu, '$1 not'],
  [/n't\b/gu, ' not'],
  [/\blet's\b/gu, 'let us'],
  [/\b(what|who|where|how|that|there|it|here)'s\b/gu, '$1 is'],
  [/\bwhats\b/gu, 'what is'],
  [/'re\b/gu, ' are'],
  [/'ve\b/gu, ' have'],
  [/'ll\b/gu, ' will'],
  [/'d\b/gu, ' would'],
  [/\bi'm\b/gu, 'i am'],
  [/\bjan\b\.?/gu, 'january'],
  [/\bfeb\b\.?/gu, 'february'],
  [/\bapr\b\.?/gu, 'april'],
  [/\baug\b\.?/gu, 'august'],
  [/\bsept?\b\.?/gu, 'september'],
  [/\boct\b\.?/gu, 'october'],
  [/\bnov\b\.?/gu, 'november'],
  [/\bdec\b\.?/gu, 'december'],
  [/([€$£])\s*(\d+(?:[.,]\d+)*k?|\{[a-z_0-9]+\})/gu, '$2 $1'],
  [/\b(break|split|group)\s+(?:down\s+)?(\S+(?:\s+\S+){0,2}?)\s+(?:down\s+|up\s+)?by\b/gu, '$2 by'],
  [/'s\b|s'(?=\s|$)/gu, 's'],
];

/** "US" and "the us" are a country, "show us" is none, nor "SHOW US", where all is in capitals. */
const country = /^U\.?S\.?$|\bU\.?S\b\.?(?![$\p{L}])(?=.*\p{Ll}|(?<=\p{Ll}.*))|(?<=\b(?:the|in) )us\b/gu;

/** One form for what is written in many: width, case, apostrophes, contractions, short names of months. */
export const normalise = (text: string): string =>
  spellings.reduce(
    (out, [pattern, by]) => out.replace(pattern, by),
    text.normalize('NFKC').replace(country, 'usa').toLowerCase(),
  );

const irregular: Readonly<Record<string, string>> = {
  sold: 'sell',
  selling: 'sell',
  spent: 'spend',
  spending: 'spend',
  bought: 'buy',
  buying: 'buy',
  paid: 'pay',
  people: 'person',
  brought: 'bring',
  gave: 'give',
  took: 'take',
  came: 'come',
  grew: 'grow',
  grown: 'grow',
  got: 'get',
  wrote: 'write',
  '&': 'and',
  eur: 'euro',
  '€': 'euro',
  usd: 'dollar',
  $: 'dollar',
  '£': 'pound',
  gbp: 'pound',
  children: 'child',
  women: 'woman',
  men: 'man',
};

/** Only plurals are cut: "ordered" is not "order", "opened tickets" are not "open tickets". */
export function stem(word: string): string {
  const known = irregular[word];
  if (known !== undefined) return known;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|sh|ch|x|z|us)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^siu]s$/u.test(word)) return word.slice(0, -1);
  return word;
}

const token =
  /\{[a-z][a-z0-9_]*\}|(?<=^|[\s(,，])-\d+(?:[.,]\d+)*(?![\p{L}\p{N}])|\p{Script=Han}|\d+(?:[.,]\d+)+(?![\p{L}\p{N}])|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+|<=|>=|[%€$£¥<>=/&#]/gu;

/** Splits a normalised text. Each Han character is a token; the lexicon decides which of them form a word. */
export function tokenise(text: string): readonly Token[] {
  return [...text.matchAll(token)].map(({ 0: word, index }) => ({
    text: word,
    stem: stem(word),
    start: index,
    end: index + word.length,
  }));
}

/** Normalises a text and splits it into tokens. */
export function readText(raw: string): Text {
  const text = normalise(raw);
  return { text, tokens: tokenise(text) };
}

/** Whether a text contains Han characters. */
export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
