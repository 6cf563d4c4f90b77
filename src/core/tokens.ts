/**
 * Tokens of a text, estimated from above for Claude's tokenizer: 3 characters a token for Latin text, 1 for Chinese,
 * Japanese and Korean and for symbols. Used to cut context to size; money is held by the vendor's own count.
 */
export function estimateTokens(text: string): number {
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/gu)
      ?.length ?? 0;
  return dense + Math.ceil((text.length - dense) / 3);
}
