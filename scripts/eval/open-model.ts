import { existsSync } from 'node:fs';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import { createOpenAiModel } from '../../src/adapters/openai/openai-model.ts';
import type { Config, ModelConfig } from '../../src/config.ts';
import { MemoriError } from '../../src/core/base/errors.ts';
import { costOf, type Price, priceFromPer1k, priceOf } from '../../src/core/budget/prices.ts';
import type { LanguageModel } from '../../src/core/model/model.ts';
import { loadConfig } from '../../src/process.ts';
import { callOptions } from '../../src/wiring/open-model.ts';
import { logger } from './open-source.ts';
import { createRecordedModel, readRecorded } from './recorded-model.ts';

/** `none`, `claude`, `openai`, or a file of recorded answers. `maxUsd`: what a paid model may cost in all. */
export function openModel(name: string, maxUsd: number): LanguageModel | undefined {
  if (name === 'none') return undefined;
  if (name === 'claude' || name === 'openai')
    return withLimit(paidModel(loadConfig({ MEMORI_MODEL_PROVIDER: name })), maxUsd);
  if (!existsSync(name)) throw new Error(`There is no model and no recorded file "${name}".`);
  return createRecordedModel(readRecorded(name));
}

type Priced = { readonly model: LanguageModel; readonly price: Price };

function paidModel({ model: config, modelLimits }: Config): Priced {
  const calls = callOptions({ modelLimits }, logger);
  switch (config.kind) {
    case 'none':
      throw new MemoriError('model_misconfigured', 'No key is set.', {
        next: 'Set ANTHROPIC_API_KEY or OPENAI_API_KEY, or use --model none or a recorded file.',
      });
    case 'claude':
      return { model: createAnthropicModel({ ...config, ...calls }), price: priceOfModel(config) };
    case 'openai':
      return { model: createOpenAiModel({ ...config, ...calls }), price: priceOfModel(config) };
  }
}

const priceOfModel = ({ model, price }: Exclude<ModelConfig, { kind: 'none' }>): Price =>
  price ? priceFromPer1k(price.input, price.output) : priceOf(model);

/** Adds the cost to each reply, and refuses calls after the run has cost `maxUsd`. */
function withLimit({ model, price }: Priced, maxUsd: number): LanguageModel {
  let spentUsd = 0;
  return {
    ...model,
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
