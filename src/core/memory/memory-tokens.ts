import { estimateTokens } from '../language/estimate-tokens.ts';

/** The JSON around a memory in a prompt: braces, keys, id, quotes. Tokens. */
const envelope = 16;

/** Tokens that a memory takes in the prompt, with the JSON around it. */
export const memoryTokens = (text: string): number => estimateTokens(text) + envelope;
