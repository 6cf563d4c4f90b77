/**
 * Tokens of a text, estimated from above for Claude's tokenizer: 3 characters a token for Latin text, 1 for Chinese,
 * Japanese and Korean and for symbols. Used to cut context to size; money is held by the vendor's own count.
 */
export const estimateTokens = (text: string): number => Math.ceil(tokenThirds(text) / 3);

/** The same in thirds of a token, unrounded: the thirds of parts add up to those of the whole. */
export function tokenThirds(text: string): number {
  let thirds = text.length;
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) > lastAscii) {
      const point = text.codePointAt(at) ?? 0;
      if (isDense(point)) thirds += 2;
      if (point > lastOfOneUnit) at += 1;
    }
  return thirds;
}

const lastAscii = 0x7f;
const lastOfOneUnit = 0xffff;
const known = new Map<number, boolean>();

/** A token of its own. Scripts are a slow test, and a schema is measured thousands of times. */
function isDense(point: number): boolean {
  const before = known.get(point);
  if (before !== undefined) return before;
  const dense =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u.test(
      String.fromCodePoint(point),
    );
  known.set(point, dense);
  return dense;
}
