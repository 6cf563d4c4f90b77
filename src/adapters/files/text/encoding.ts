import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export type Encoding = {
  /** As `iconv-lite` names it. */
  readonly name: string;
  /** Found by how the bytes look, not by a mark or by being valid. */
  readonly isGuess: boolean;
};

const marks: readonly (readonly [bytes: readonly number[], name: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Latin text is told apart by its language only; these are what a guess may come to, by the name that contains all others. */
const wider: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'ISO-8859-5': 'windows-1251',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-9': 'windows-1254',
  GB18030: 'gb18030',
  Big5: 'big5',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
  'windows-1253': 'windows-1253',
  'windows-1254': 'windows-1254',
  'KOI8-R': 'koi8-r',
};

/** The encoding that a mark at the start or the zero bytes of ASCII in UTF-16 show. */
export function markedEncoding(start: Buffer): Encoding | undefined {
  const mark = marks.find(([bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (mark !== undefined) return { name: mark[1], isGuess: false };
  const zeros = [0, 1].map((from) => start.filter((byte, index) => index % 2 === from && byte === 0).length);
  const half = start.length / 2;
  if ((zeros[1] ?? 0) > half * 0.6 && zeros[0] === 0) return { name: 'utf-16le', isGuess: false };
  if ((zeros[0] ?? 0) > half * 0.6 && zeros[1] === 0) return { name: 'utf-16be', isGuess: false };
  return undefined;
}

/** Tried beside what the bytes look like: few bytes look like little. */
const usual = ['gb18030', 'shift_jis', 'euc-kr', 'big5', 'euc-jp', 'windows-1251', 'windows-1253', 'windows-1250'];

/**
 * The likeliest encoding of bytes that are not UTF-8: the one that decodes every byte and puts the fewest marks and
 * strange letters into words. Western European goes first, as few bytes are enough to mistake it.
 */
export function guessEncoding(bytes: Buffer): Encoding {
  const likely = analyse(bytes).flatMap(({ name }) => wider[name] ?? []);
  const simplified = isCommonGb(bytes) ? likely.filter((name) => name !== 'big5' && name !== 'shift_jis') : likely;
  const candidates = [...new Set(['windows-1252', ...simplified, ...usual])].filter((name) => decodes(bytes, name));
  const counted = candidates.map((name) => ({ name, strange: strangeness(iconv.decode(bytes, name)) }));
  const [best] = counted.toSorted((one, other) => one.strange - other.strange);
  return { name: best?.name ?? 'windows-1252', isGuess: true };
}

/** Pairs of the common signs of simplified Chinese: traditional Chinese has second bytes outside of them. */
function isCommonGb(bytes: Buffer): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x80) continue;
    pairs += 1;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) common += 1;
    at += 1;
  }
  return pairs > 0 && common >= pairs * 0.7;
}

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Cyrillic}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];
const scriptOf = (character: string): number => scripts.findIndex((script) => script.test(character));
const isLetter = (character: string | undefined): boolean => character !== undefined && /\p{L}/u.test(character);

/** How often a word changes its script or has a mark or a capital in the middle, as it does in the wrong encoding. */
function strangeness(text: string): number {
  const characters = [...text];
  // In Latin script letters beyond ASCII stand among plain ones.
  const runs = text.match(/[\u00c0-\u024f]{3,}/g)?.length ?? 0;
  const odd = characters.filter((character, index) => {
    const [before, after] = [characters[index - 1], characters[index + 1]];
    if (character < '\u0080' && (before ?? '') < '\u0080') return false;
    if (!isLetter(character))
      return character >= '\u0080' && isLetter(before) && isLetter(after) && !/\p{P}/u.test(character);
    if (!isLetter(before) || before === undefined) return false;
    return scriptOf(character) !== scriptOf(before) || (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before));
  });
  return odd.length + runs;
}

/** Nobody writes Japanese without kana, or Korean without hangul. */
const script: Readonly<Record<string, RegExp>> = {
  'euc-jp': /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  shift_jis: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  'euc-kr': /\p{Script=Hangul}/u,
};

function decodes(bytes: Buffer, name: string): boolean {
  const text = iconv.decode(bytes, name);
  return !/[\ufffd\u0080-\u009f]/.test(text) && (script[name]?.test(text) ?? true);
}

/** Whether `iconv-lite` knows the name. */
export const isEncoding = (name: string): boolean => iconv.encodingExists(name);
