/** The most pronouns that count; more add nothing. */
const plenty = 3;

/** From -1 (about the other) to 1 (about oneself), and the share that asks, 0 to 1. */
export type SelfReference = { readonly ofOneself: number; readonly asks: number };

/**
 * How much a remark says about its speaker: "I went camping with my kids" says much, "Wow, you look great!" and "How
 * was your day?" nothing.
 */
export function selfReferenceOf(text: string): SelfReference {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const share = (pattern: RegExp) => Math.min(1, count(pattern) / plenty);
  return {
    ofOneself: share(/\b(?:i|me|my|we|our)\b|我/gi) - share(/\b(?:you|your)\b|[你您]/gi),
    asks: Math.min(1, count(/[?？]+/g) / Math.max(1, count(/[.!?。！？…]+|[^.!?。！？…\s]\s*$/g))),
  };
}
