import type { Effort } from '../../model/model.ts';
import type { Route } from '../../model/route-model.ts';

/** How much a prompt says: a small local model follows a page, and a small context holds no more. */
export const promptSizes = ['small', 'medium', 'large'] as const;
export type PromptSize = (typeof promptSizes)[number];

/** What a prompt has at most before it is cut to what the model can carry. Tokens, and counts of parts. */
export type PromptShape = {
  readonly inputTokens: number;
  /** For the answer; thoughts come on top. */
  readonly outputTokens: number;
  readonly schemaTokens: number;
  readonly exchanges: number;
  readonly examples: number;
  readonly memories: number;
  readonly note: boolean;
};

const all = Number.POSITIVE_INFINITY;

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

/** Contexts up to these sizes hold a small, a medium prompt with its answer and some room. Tokens. */
const smallContext = 5000;
const mediumContext = 10_000;

/** `asked`: what the operator set. `contextTokens`: what the server says; a model that says nothing is taken for large. */
export function promptSizeFor(contextTokens: number | undefined, asked: PromptSize | undefined): PromptSize {
  if (asked !== undefined) return asked;
  if (contextTokens === undefined || contextTokens > mediumContext) return 'large';
  return contextTokens > smallContext ? 'medium' : 'small';
}

/** How hard to try: what is looked up needs no thought; many joins and what failed twice need most. */
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
