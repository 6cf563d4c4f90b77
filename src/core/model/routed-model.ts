import type { Logger } from '../base/logger.ts';
import { capacityOf } from './capacity-of.ts';
import type { LanguageModel, ModelHealth, ModelReply, ModelRequest } from './model.ts';
import type { Tier } from './route-model.ts';

/**
 * Combines several models into one: each request goes to the size of its route, by default the standard one. Each model
 * has its own budget and price, so that reservations use the right price. Logs the choice.
 */
export function createRoutedModel(models: Readonly<Record<Tier, LanguageModel>>, logger: Logger): LanguageModel {
  const modelFor = ({ route }: Pick<ModelRequest<unknown>, 'route'>): LanguageModel =>
    models[route?.tier ?? 'standard'];
  return {
    model: models.standard.model,
    routes: true,
    capacity: (route) => capacityOf(modelFor(route ? { route } : {}), route),
    check: (signal) => checkAll(Object.values(models), signal),
    countInput: (request, signal) => modelFor(request).countInput(request, signal),
    generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
      const chosen = modelFor(request);
      const { tier = 'standard', reason = 'default' } = request.route ?? {};
      logger.info('A model was chosen.', { request: request.id, model: chosen.model, tier, reason });
      return chosen.generate(request, signal);
    },
  };
}

/** Healthy when every size is. */
async function checkAll(models: readonly LanguageModel[], signal: AbortSignal): Promise<ModelHealth> {
  const all = await Promise.all(models.map((model) => model.check?.(signal)));
  const known = all.filter((health) => health !== undefined);
  return {
    ok: known.every(({ ok }) => ok),
    notes: known.flatMap(({ notes }) => notes),
    contextTokens: known.at(0)?.contextTokens,
  };
}
