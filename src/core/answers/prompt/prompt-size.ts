import type { Effort } from '../../model/model.ts';
import type { Route } from '../../model/route-model.ts';

/** Sizes of prompt. A small local model follows no more than a page. */
export const promptSizes = ['small', 'medium', 'large'] as const;
/** One of `promptSizes`. */
export type PromptSize = (typeof promptSizes)[number];

/** The limits of a prompt before it is cut to the model's capacity. Tokens, and counts of parts. */
export type PromptShape = {
  readonly inputTokens: number;
  /** Tokens for the answer, without thoughts. */
  readonly outputTokens: number;
  readonly schemaTokens: number;
  readonly exchanges: number;
  readonly examples: number;
  readonly memories: number;
  readonly note: boolean;
};

const all = Number.POSITIVE_INFINITY;

/** The limits of each size. */
export const promptShapes: Readonly<Record<PromptSize, PromptShape>> = {
  small: {
    inputTokens: 1200,
    outputTokens: 600,
    schemaTokens: 550,
    exchanges: 1,
    examples: 1,
    memories: 2,
    note: false,
  },
  medium: {
    inputTokens: 3600,
    outputTokens: 1200,
    schemaTokens: 2000,
    exchanges: 2,
    examples: 2,
    memories: 5,
    note: true,
  },
  large: {
    inputTokens: all,
    outputTokens: 2000,
    schemaTokens: 4000,
    exchanges: 3,
    examples: 3,
    memories: all,
    note: true,
  },
};

/** Contexts up to these sizes get a small or a medium prompt. Tokens. */
const smallContext = 5000;
const mediumContext = 10_000;

/**
 * The size of prompt for a model. `asked`: the operator's setting. `contextTokens`: from the server; large when
 * unknown.
 */
export function promptSizeFor(contextTokens: number | undefined, asked: PromptSize | undefined): PromptSize {
  if (asked !== undefined) return asked;
  if (contextTokens === undefined || contextTokens > mediumContext) return 'large';
  return contextTokens > smallContext ? 'medium' : 'small';
}

/** How much the model should think: little for a lookup, most for many joins and after two failures. */
export function effortFor(route: Route, failed: boolean): Effort {
  switch (route.reason) {
    case 'two_failures':
    case 'many_joins':
      return 'high';
    case 'lookup':
    case 'verified_neighbour':
      return failed ? 'medium' : 'low';
    case 'default':
    case 'thread':
      return 'medium';
  }
}
