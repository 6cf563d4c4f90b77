import type { Documents } from '../base/documents.ts';
import { estimateTokens, isMostlyDense } from '../language/estimate-tokens.ts';

/**
 * The ratio of each model's real tokens to the estimate. Learned from every answer whose server reports usage,
 * separately for Latin and dense text, and stored across restarts.
 */
export interface TokenRatios {
  /** Estimated tokens of a text for this model; the plain estimate before its first answer. */
  estimate(model: string, text: string): number;
  /** The learned ratio; undefined before this model's first answer to such a text. */
  ratio(model: string, text: string): number | undefined;
  /** Learns from an answer. `tokens`: the server's count for the text. Never throws. */
  learn(model: string, text: string, tokens: number): void;
}

/** Weight of the newest answer. The model behind a name may be replaced, so old answers must fade. */
const newest = 0.3;
/** A ratio this much too low is replaced at once. */
const tooLow = 1.25;
/** Learned ratios are limited to these bounds; outside them a server reports something other than tokens. */
const least = 0.2;
const most = 4;
/** Shorter texts measure the chat template rather than the vocabulary and are ignored. Estimated tokens. */
const leastText = 200;

/** Loads the stored ratios. Errors: those of the store. */
export async function openTokenRatios(documents: Documents): Promise<TokenRatios> {
  const ratios = new Map<string, number>();
  for (const { id, value } of await documents.all())
    if (typeof value === 'number' && Number.isFinite(value)) ratios.set(id, clamped(value));
  return createTokenRatios(ratios, (key, ratio) => void documents.put(key, ratio).catch(() => {}));
}

/** Creates the ratios in memory. `keep` stores each new ratio. */
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
      // Too low a ratio gets prompts refused, so it is corrected at once; too high a ratio only wastes room.
      const next = before === undefined || seen > before * tooLow ? seen : before + newest * (seen - before);
      ratios.set(keyOf(model, text), next);
      keep(keyOf(model, text), next);
    },
  };
}

const keyOf = (model: string, text: string): string => `${model} ${isMostlyDense(text) ? 'dense' : 'latin'}`;

const clamped = (ratio: number): number => Math.min(Math.max(ratio, least), most);
