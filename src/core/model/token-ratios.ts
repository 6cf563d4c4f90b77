import type { Documents } from '../base/documents.ts';
import { estimateTokens, isMostlyDense } from '../language/estimate-tokens.ts';

/**
 * How many tokens each model really takes for one of the estimate. Learned from every answer whose server reports usage,
 * one ratio for Latin and one for dense text, and kept, so that a restart does not forget it.
 */
export interface TokenRatios {
  /** Tokens of a text as this model counts them; the plain estimate before its first answer. */
  estimate(model: string, text: string): number;
  /** Undefined before this model's first answer to such a text. */
  ratio(model: string, text: string): number | undefined;
  /** `tokens`: what the server says the text took. Never throws. */
  learn(model: string, text: string, tokens: number): void;
}

/** Weight of the newest answer: templates and schemas change slowly, models behind one name may be replaced. */
const newest = 0.3;
/** Above this the kept ratio does not fit the text at all. */
const tooLow = 1.25;
/** Outside of these a server reports something else than tokens. */
const least = 0.2;
const most = 4;
/** Shorter texts say more about the chat template than about the vocabulary. Estimated tokens. */
const leastText = 200;

export async function openTokenRatios(documents: Documents): Promise<TokenRatios> {
  const ratios = new Map<string, number>();
  for (const { id, value } of await documents.all())
    if (typeof value === 'number' && Number.isFinite(value)) ratios.set(id, clamped(value));
  return createTokenRatios(ratios, (key, ratio) => void documents.put(key, ratio).catch(() => {}));
}

/** `keep` is told each new ratio. */
export function createTokenRatios(
  ratios: Map<string, number> = new Map(),
  keep: (key: string, ratio: number) => void = () => {},
): TokenRatios {
  const ratio = (model: string, text: string): number | undefined => ratios.get(keyOf(model, text));
  return {
    ratio,
    estimate: (model, text) => Math.ceil(estimateTokens(text) * (ratio(model, text) ?? 1)),
    learn(model, text, tokens) {
      const estimated = estimateTokens(text);
      if (estimated < leastText || tokens <= 0) return;
      const seen = clamped(tokens / estimated);
      const before = ratio(model, text);
      // Too low a ratio has a prompt refused, so it is corrected at once; too high a one only wastes room.
      const next = before === undefined || seen > before * tooLow ? seen : before + newest * (seen - before);
      ratios.set(keyOf(model, text), next);
      keep(keyOf(model, text), next);
    },
  };
}

const keyOf = (model: string, text: string): string => `${model} ${isMostlyDense(text) ? 'dense' : 'latin'}`;

const clamped = (ratio: number): number => Math.min(Math.max(ratio, least), most);
