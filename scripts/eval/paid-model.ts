import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import type { ModelConfig } from '../../src/config.ts';
import { costOf, type Price, priceFromPer1k, priceOf } from '../../src/core/budget/prices.ts';
import { MemoriError } from '../../src/core/errors.ts';
import type { LanguageModel } from '../../src/core/model.ts';

/** Claude as configured, with what each call cost, until the run has cost `maxUsd`. */
export function openPaidModel(config: ModelConfig, maxUsd: number): LanguageModel {
  if (config.kind !== 'claude')
    throw new MemoriError('model_misconfigured', 'No key is set.', {
      next: 'Set ANTHROPIC_API_KEY, or use --model none or a recorded file.',
    });
  const price: Price = config.price ? priceFromPer1k(config.price.input, config.price.output) : priceOf(config.model);
  const logger = { info: () => undefined, warn: console.error, error: console.error };
  const model = createAnthropicModel({ ...config, timeoutMs: 60_000, retries: 2, logger });
  let spentUsd = 0;
  return {
    model: model.model,
    countInput: (request, signal) => model.countInput(request, signal),
    async generate(request, signal) {
      if (spentUsd >= maxUsd)
        throw new MemoriError('budget_exceeded', `The run has cost $${spentUsd.toFixed(2)}.`, {
          next: 'Raise --max-usd.',
        });
      const reply = await model.generate(request, signal);
      const costMicroUsd = reply.usage ? costOf(price, reply.usage) : 0;
      spentUsd += costMicroUsd / 1e6;
      return { ...reply, costMicroUsd };
    },
  };
}
