/**
 * Tokens of a prompt from above, for a server that cannot count them. Of our prompts (schema, rules, SQL) o200k takes 4.1
 * bytes a token, smaller vocabularies less; 3 leaves room. Outside of ASCII a character may fall apart into its bytes:
 * three tokens for four of them. What a call really used is what is charged in the end, so a text that is denser than
 * this overdraws a limit by its own difference at most.
 */
export function tokensFromAbove(texts: readonly string[]): number {
  const bytes = new TextEncoder().encode(texts.join(''));
  const ascii = bytes.filter((byte) => byte < 0x80).length;
  return Math.ceil(ascii / 3 + (bytes.length - ascii) * 0.75) + texts.length * tokensPerMessage;
}

/** Marks that a chat template puts around a message, at most. */
const tokensPerMessage = 16;
