import { estimateTokens } from '../language/estimate-tokens.ts';
import type { Capacity, LanguageModel } from './model.ts';
import type { Route } from './route-model.ts';

/** The capacity of a model; no known limits for one that reports none. */
export const capacityOf = (model: LanguageModel, route: Route | undefined): Capacity =>
  model.capacity?.(route) ?? { tokens: undefined, contextTokens: undefined, thinks: 'never', estimate: estimateTokens };
