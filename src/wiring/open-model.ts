import type { ModelConfig } from '../config.ts';
import type { Clock } from '../core/base/clock.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import type { BudgetLimits } from '../core/budget/accounts.ts';
import type { Ledger } from '../core/budget/ledger.ts';
import { type Price, priceFromPer1k, priceOf } from '../core/budget/prices.ts';
import { withBudget } from '../core/budget/with-budget.ts';
import type { LanguageModel } from '../core/model/model.ts';
import { createRoutedModel } from '../core/model/routed-model.ts';
import { withModelMetrics } from '../core/model/with-model-metrics.ts';

type Ops = { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };

/** The language model inside its budget; nothing else can reach it. The vendor's SDK is loaded only when it is used. */
export async function openModel(
  config: ModelConfig,
  ledger: Ledger,
  limits: BudgetLimits,
  { clock, logger, metrics }: Ops,
): Promise<LanguageModel | undefined> {
  const calls = { timeoutMs: 60_000, retries: 2, logger };
  const budgeted = (model: LanguageModel, price: Price): LanguageModel =>
    withModelMetrics(withBudget(model, ledger, limits, price, clock), metrics, clock);
  switch (config.kind) {
    case 'none':
      return undefined;
    case 'claude': {
      const { createAnthropicModel } = await import('../adapters/anthropic/anthropic-model.ts');
      const claude = (model: string, price = priceOf(model)): LanguageModel =>
        budgeted(createAnthropicModel({ ...config, ...calls, model }), price);
      const standard = claude(config.model, configuredPrice(config));
      if (!config.routing) return standard;
      return createRoutedModel({ small: claude(smallClaude), standard, large: claude(largeClaude) }, logger);
    }
    case 'openai': {
      const { createOpenAiModel } = await import('../adapters/openai/openai-model.ts');
      return budgeted(createOpenAiModel({ ...config, ...calls }), configuredPrice(config));
    }
  }
}

/** The smaller Claude that lookups are routed to. */
const smallClaude = 'claude-haiku-5-5';
const largeClaude = 'claude-opus-5-5';

const configuredPrice = ({ model, price }: Exclude<ModelConfig, { kind: 'none' }>): Price =>
  price ? priceFromPer1k(price.input, price.output) : priceOf(model);
