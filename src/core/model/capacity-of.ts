import { estimateTokens } from '../language/estimate-tokens.ts';
import type { Capacity, LanguageModel } from './model.ts';
import type { Route } from './route-model.ts';

/** What a model says of its limits; one that says nothing has none that is known. */
export const capacityOf = (model: LanguageModel, route: Route | undefined): Capacity =>
  model.capacity?.(route) ?? { tokens: undefined, contextTokens: undefined, thinks: 'never', estimate: estimateTokens };
