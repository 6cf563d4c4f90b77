/**
 * Tokens of a text, estimated from above for Claude's tokenizer: 3 characters a token for Latin text, 1 for Chinese,
 * Japanese and Korean and for symbols. Used to cut context to size; money is held by the vendor's own count.
 */
export const estimateTokens = (text: string): number => Math.ceil(tokenThirds(text) / 3);

/** The same in thirds of a token, unrounded: the thirds of parts add up to those of the whole. */
export function tokenThirds(text: string): number {
  if (isAscii(text)) return text.length;
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/gu)
      ?.length ?? 0;
  return text.length + 2 * dense;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);
