import type { Token } from './tokens.ts';

/** A number in the tokens `from` (inclusive) to `to` (exclusive). */
export type NumberMention = { readonly from: number; readonly to: number; readonly value: number };

const words =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, million: 1e6, k: 1000, m: 1e6 };
const hanDigits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const hanScales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** "7", "-7", "1,000", "2.5k", "seven", "twenty": undefined for anything else. */
function wordValue(text: string): number | undefined {
  const digits = /^(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)([km])?$/u.exec(text);
  if (digits !== null) return Number((digits[1] ?? '').replaceAll(',', '')) * (scales[digits[2] ?? ''] ?? 1);
  if (words.includes(text)) return words.indexOf(text);
  if (tens.includes(text)) return (tens.indexOf(text) + 2) * 10;
  return text === 'dozen' ? 12 : undefined;
}

/** 五, 十二, 二十, 三百, 两千, 1万: digits and scales as Chinese writes them below 100 million. */
function hanValue(texts: readonly string[]): number | undefined {
  let [total, digit] = [0, undefined as number | undefined];
  for (const text of texts) {
    const scale = hanScales[text];
    const value = hanDigits[text] ?? (/^\d+$/u.test(text) ? Number(text) : undefined);
    if (scale === 10_000) [total, digit] = [(total + (digit ?? 0)) * scale, undefined];
    else if (scale !== undefined) [total, digit] = [total + (digit ?? 1) * scale, undefined];
    else if (value === undefined || digit !== undefined) return undefined;
    else digit = value;
  }
  return total + (digit ?? 0);
}

const isHanNumeral = (text: string): boolean => text in hanDigits || text in hanScales;

/** The longest number that begins at token `from`. */
function numberAt(tokens: readonly Token[], from: number): NumberMention | undefined {
  const texts = tokens.slice(from, from + 6).map((token) => token.text);
  const run = texts.findIndex((text, i) => !(isHanNumeral(text) || (i === 0 && /^\d+$/u.test(text))));
  const han = texts.slice(0, run === -1 ? texts.length : run);
  const hanNumber = han.some(isHanNumeral) ? hanValue(han) : undefined;
  if (hanNumber !== undefined) return { from, to: from + han.length, value: hanNumber };
  const value = wordValue(texts[0] ?? '');
  if (value === undefined) return undefined;
  const scale = scales[texts[1] ?? ''];
  if (scale !== undefined) return { from, to: from + 2, value: value * scale };
  const unit = value >= 20 && value < 100 && tens.includes(texts[0] ?? '') ? words.indexOf(texts[1] ?? '') : 0;
  return unit > 0 && unit < 10 ? { from, to: from + 2, value: value + unit } : { from, to: from + 1, value };
}

/** All numbers of a text, left to right, not overlapping. */
export function findNumbers(tokens: readonly Token[]): readonly NumberMention[] {
  const found: NumberMention[] = [];
  for (let i = 0; i < tokens.length; ) {
    const mention = numberAt(tokens, i);
    if (mention !== undefined) found.push(mention);
    i = mention?.to ?? i + 1;
  }
  return found;
}
