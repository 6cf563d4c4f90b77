/** The JSON around a memory in a prompt: braces, keys, id, quotes. Tokens. */
const envelope = 16;

/**
 * How many tokens a text takes at most, without a tokenizer: one for every three ASCII characters and one and a half
 * for every other, rounded up. English prose takes about one in four and Chinese about 1.2 a character with the
 * tokenizers of 2026, so the rule errs on the safe side.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  let other = 0;
  for (const character of text) {
    if (character.charCodeAt(0) < 128) ascii += 1;
    else other += 1;
  }
  return Math.ceil(ascii / 3 + other * 1.5);
}

/** A memory as it stands in the prompt. */
export const memoryTokens = (text: string): number => estimateTokens(text) + envelope;
