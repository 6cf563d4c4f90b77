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

/** The likeliest encoding of bytes that are not UTF-8: the first by likelihood that decodes every one of them. */
export function guessEncoding(bytes: Buffer): Encoding {
  const likely = analyse(bytes).flatMap(({ name }) => wider[name] ?? []);
  // A letter with an accent stands between plain ones; what comes in pairs or words is another script.
  const isLatin = standsAlone(bytes);
  const candidates = isLatin
    ? [...likely.filter((name) => /125[024]$/.test(name)), 'windows-1252']
    : [...likely, 'windows-1252'];
  return { name: candidates.find((name) => decodes(bytes, name)) ?? 'windows-1252', isGuess: true };
}

function standsAlone(bytes: Buffer): boolean {
  let high = 0;
  let alone = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if ((bytes[index] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[index - 1] ?? 0) < 0x80 && (bytes[index + 1] ?? 0) < 0x80) alone += 1;
  }
  return alone * 2 > high;
}

const decodes = (bytes: Buffer, name: string): boolean => !/[\ufffd\u0080-\u009f]/.test(iconv.decode(bytes, name));

/** Whether `iconv-lite` knows the name. */
export const isEncoding = (name: string): boolean => iconv.encodingExists(name);
