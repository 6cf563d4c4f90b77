import type { Config, ModelConfig } from '../config.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Documents } from '../core/base/documents.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import type { BudgetLimits } from '../core/budget/accounts.ts';
import type { Ledger } from '../core/budget/ledger.ts';
import { type Price, priceFromPer1k, priceOf } from '../core/budget/prices.ts';
import { withBudget } from '../core/budget/with-budget.ts';
import { capacityOf } from '../core/model/capacity-of.ts';
import type { LanguageModel } from '../core/model/model.ts';
import { currentModel } from '../core/model/retirements.ts';
import { createRoutedModel } from '../core/model/routed-model.ts';
import { openTokenRatios } from '../core/model/token-ratios.ts';
import { withModelMetrics } from '../core/model/with-model-metrics.ts';

type ModelDeps = {
  readonly ledger: Ledger;
  /** Where ratios of tokens are kept. */
  readonly documents: Documents;
  readonly limits: BudgetLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** How a model is called, whatever its vendor. `loadingMs`: a local server that starts reads its model for half a minute. */
export const callOptions = ({ modelLimits }: Pick<Config, 'modelLimits'>, logger: Logger) => ({
  limits: modelLimits,
  retries: 2,
  loadingMs: 45_000,
  logger,
});

/** The language model inside its budget; nothing else can reach it. The vendor's SDK is loaded only when it is used. */
export async function openModel(
  config: Pick<Config, 'model' | 'modelLimits' | 'promptSize'>,
  { ledger, documents, limits, clock, logger, metrics }: ModelDeps,
): Promise<LanguageModel | undefined> {
  if (config.model.kind === 'none') return undefined;
  const calls = callOptions(config, logger);
  const now = (): number => clock.now().getTime();
  const ratios = await openTokenRatios(documents);
  const budgeted = (model: LanguageModel, price: Price): LanguageModel =>
    withModelMetrics(
      withBudget(withPromptSize(model, config.promptSize), { ledger, limits, price, clock, ratios }),
      metrics,
      clock,
    );
  switch (config.model.kind) {
    case 'claude': {
      const own = config.model;
      const { createAnthropicModel } = await import('../adapters/anthropic/anthropic-model.ts');
      const claude = (model: string, price = priceOf(currentModel(model, now()))): LanguageModel =>
        budgeted(createAnthropicModel({ ...own, ...calls, model, now }), price);
      const standard = claude(own.model, configuredPrice(own, now()));
      if (!own.routing) return standard;
      return createRoutedModel({ small: claude(smallClaude), standard, large: claude(largeClaude) }, logger);
    }
    case 'openai': {
      const { createOpenAiModel } = await import('../adapters/openai/openai-model.ts');
      const own = config.model;
      return budgeted(createOpenAiModel({ ...own, ...calls, now }), configuredPrice(own, now()));
    }
  }
}

const withPromptSize = (model: LanguageModel, promptSize: Config['promptSize']): LanguageModel => ({
  ...model,
  capacity: (route) => ({ ...capacityOf(model, route), promptSize }),
});

/** The smaller Claude that lookups are routed to; hard questions go to the larger one. */
const smallClaude = 'claude-haiku-5-5';
const largeClaude = 'claude-opus-5-5';

/** `now`: milliseconds. A model that has retired costs what its successor does. */
const configuredPrice = ({ model, price }: Exclude<ModelConfig, { kind: 'none' }>, now: number): Price =>
  price ? priceFromPer1k(price.input, price.output) : priceOf(currentModel(model, now));
