import type { Clock } from '../base/clock.ts';
import { isMemoriError } from '../base/errors.ts';
import type { Metrics } from '../base/metrics.ts';
import type { LanguageModel, Usage } from './model.ts';

/** Counts seconds, tokens and cost of every model call. Must wrap the budget, which knows the cost. */
export function withModelMetrics(model: LanguageModel, metrics: Metrics, clock: Clock): LanguageModel {
  const name = model.model;
  const countTokens = ({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): void => {
    const kinds = { input, output, cache_read: cacheRead, cache_write: cacheWrite5m + cacheWrite1h };
    for (const [kind, tokens] of Object.entries(kinds))
      metrics.count('memori_model_tokens_total', { model: name, kind }, tokens);
  };
  return {
    ...model,
    async generate(request, signal) {
      const started = clock.now().getTime();
      const observe = (result: string): void =>
        metrics.observe('memori_model_seconds', (clock.now().getTime() - started) / 1000, { model: name, result });
      try {
        const reply = await model.generate(request, signal);
        observe('ok');
        if (reply.usage) countTokens(reply.usage);
        metrics.count('memori_model_cost_usd_total', { model: name }, reply.costMicroUsd / 1e6);
        return reply;
      } catch (error) {
        observe(isMemoriError(error) ? error.code : 'internal');
        throw error;
      }
    },
  };
}
