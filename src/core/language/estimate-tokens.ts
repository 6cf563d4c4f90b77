/**
 * Tokens of a text without its tokenizer: 3 characters a token for Latin text, 1 for Chinese, Japanese and Korean and for
 * symbols. The one estimator of prompts: contexts are cut to size by it, and a model's own ratio to it is learned from the
 * usage that its server reports (`model/token-ratios.ts`).
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
 * The most tokens that a text may take with a vocabulary that nobody has measured: of our prompts o200k takes 4.1 bytes a
 * token and smaller vocabularies less, so 3 leaves room; outside of ASCII a character may fall apart into its bytes, three
 * tokens for four of them. For holds only: what fits is decided by the estimate.
 */
export function mostTokens(text: string): number {
  let ascii = 0;
  const bytes = new TextEncoder().encode(text);
  for (const byte of bytes) if (byte <= lastAscii) ascii += 1;
  return Math.ceil(ascii / 3 + (bytes.length - ascii) * 0.75);
}

/** More than a third of its tokens are dense characters: Chinese, Japanese or Korean text. */
export function isMostlyDense(text: string): boolean {
  const dense = (tokenThirds(text) - text.length) / 2;
  return dense > tokenThirds(text) / 9;
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
