/**
 * Estimated tokens of a text, without a tokenizer: 3 characters per token for Latin text, 1 for Chinese, Japanese,
 * Korean and symbols. The only estimator for prompts. `model/token-ratios.ts` learns each model's ratio to it from
 * reported usage.
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

/**
 * An upper bound of a text's tokens in an unknown vocabulary. Our prompts take 4.1 bytes per token with o200k and fewer
 * with smaller vocabularies, so 3 leaves room; non-ASCII characters may split into bytes, counted as three tokens per
 * four bytes. For budget reservations only; what fits is decided by the estimate.
 */
export function mostTokens(text: string): number {
  let ascii = 0;
  const bytes = new TextEncoder().encode(text);
  for (const byte of bytes) if (byte <= lastAscii) ascii += 1;
  return Math.ceil(ascii / 3 + (bytes.length - ascii) * 0.75);
}

/** Whether more than a third of the tokens are Chinese, Japanese or Korean characters. */
export function isMostlyDense(text: string): boolean {
  const dense = (tokenThirds(text) - text.length) / 2;
  return dense > tokenThirds(text) / 9;
}

const lastAscii = 0x7f;
const lastOfOneUnit = 0xffff;
const known = new Map<number, boolean>();

/**
 * Whether a character counts as one token. Cached, because testing the script is slow and a schema is measured
 * thousands of times.
 */
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
