import { MemoriError } from '../base/errors.ts';
import type { Usage } from '../model/model.ts';
import { retirements } from '../model/retirements.ts';

/** What a model's tokens cost, in US dollars per million, which is the same number as micro-USD per token. */
export type Price = {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  /** Prompts above this many tokens cost `longPromptFactor` times as much. */
  readonly longPromptTokens?: number;
  readonly longPromptFactor?: number;
};

/**
 * OpenAI caches without being asked. Above 272,000 tokens input costs 2 times and output 1.5 times as much; both are
 * charged as 2 times.
 */
const gpt = (input: number, output: number, cacheRead: number, cacheWrite: number): Price => ({
  input,
  output,
  cacheRead,
  cacheWrite5m: cacheWrite,
  cacheWrite1h: cacheWrite,
  longPromptTokens: 272_000,
  longPromptFactor: 2,
});

/** The day on which the prices below were read off the vendors' lists. */
const pricesAsOf = '2026-11-24';

/**
 * The vendors' public price lists as of 2026-11-24 (docs.claude.com, "Pricing"; developers.openai.com, "Pricing"). A model
 * that is not here is refused, never free.
 */
export const prices: Readonly<Record<string, Price>> = {
  'claude-haiku-5-5': {
    input: 0.1,
    output: 0.5,
    cacheWrite5m: 0.125,
    cacheWrite1h: 0.2,
    cacheRead: 0.01,
    longPromptTokens: 100_000,
    longPromptFactor: 5,
  },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheWrite5m: 2.5, cacheWrite1h: 4, cacheRead: 0.1 },
  'claude-opus-5-5': { input: 4, output: 20, cacheWrite5m: 5, cacheWrite1h: 8, cacheRead: 0.2 },
  'claude-sonnet-4-5': { input: 3, output: 15, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheRead: 0.3 },
  'claude-sonnet-4-5-20250929': { input: 3, output: 15, cacheWrite5m: 3.75, cacheWrite1h: 6, cacheRead: 0.3 },
  'gpt-6.2-sol': gpt(2, 10, 0.1, 2.5),
  'gpt-6.1-sol': gpt(2, 10, 0.1, 2.5),
  'gpt-6-luna': gpt(0.1, 0.5, 0.01, 0.125),
  'gpt-5.4-mini': gpt(0.75, 4.5, 0.075, 0.75),
};

/** Models that a person may be pointed to: those that do not retire. */
const offered = Object.keys(prices).filter((model) => retirements[model] === undefined);

/** A price made of the two numbers of the configuration (US dollars per 1,000 tokens), with the vendor's usual cache factors. */
export function priceFromPer1k(input: number, output: number): Price {
  const perMillion = input * 1000;
  return {
    input: perMillion,
    output: output * 1000,
    cacheWrite5m: perMillion * 1.25,
    cacheWrite1h: perMillion * 2,
    cacheRead: perMillion * 0.1,
  };
}

/**
 * The list price of a model. Errors: `model_misconfigured` when it is not in `prices`; a model without a price is
 * refused, never free.
 */
export function priceOf(model: string): Price {
  const price = prices[model];
  if (price) return price;
  throw new MemoriError(
    'model_misconfigured',
    `There is no price for the model ${JSON.stringify(model)}, so its cost cannot be kept within the budget.`,
    {
      next: `Use one of ${offered.join(', ')} (prices as of ${pricesAsOf}), or set MEMORI_COST_PER_1K_INPUT_TOKENS and MEMORI_COST_PER_1K_OUTPUT_TOKENS (both 0 for a model of your own that costs nothing).`,
      details: { model },
    },
  );
}

/** What the tokens cost, in micro-USD, rounded up so that a sum of roundings never undercounts. */
export function costOf(price: Price, usage: Usage): number {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
  const long = price.longPromptTokens !== undefined && prompt > price.longPromptTokens;
  const factor = long ? (price.longPromptFactor ?? 1) : 1;
  return Math.ceil(
    factor *
      (usage.input * price.input +
        usage.output * price.output +
        usage.cacheRead * price.cacheRead +
        usage.cacheWrite5m * price.cacheWrite5m +
        usage.cacheWrite1h * price.cacheWrite1h),
  );
}

/**
 * The most that a request of this size can cost, in micro-USD: every input token at the highest rate that could apply.
 */
export function highestCost(price: Price, inputTokens: number, maxOutputTokens: number): number {
  const highest = Math.max(price.input, price.cacheWrite5m, price.cacheWrite1h, price.cacheRead);
  return costOf(
    { ...price, input: highest },
    { input: inputTokens, output: maxOutputTokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  );
}

/** All tokens of a call, as the daily limit counts them. */
export const tokensOf = (usage: Usage): number =>
  usage.input + usage.output + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
