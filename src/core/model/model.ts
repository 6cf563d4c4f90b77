import type { z } from 'zod';
import { type ErrorCode, MemoriError } from '../base/errors.ts';
import type { Person, Place } from '../base/namespace.ts';
import type { Route } from './route-model.ts';

/** Who pays. Required on every request, so that no call escapes the budget. */
export type ChargeTo = {
  readonly person: Person;
  readonly place: Place;
  /** The question's id: what the money was spent on. */
  readonly question: string;
};

/** A part of the prompt. Parts marked `cache` form the stable prefix: byte-identical from question to question. */
export type PromptPart = { readonly text: string; readonly cache: boolean };

export type ModelRequest<T> = {
  readonly chargeTo: ChargeTo;
  /** Unique per call, so that a hold is idempotent: `<question id>:<step>`. */
  readonly id: string;
  readonly purpose: 'write_sql' | 'repair_sql' | 'extract_facts';
  /** Which size of model to ask, where there are several. */
  readonly route?: Route;
  readonly system: readonly PromptPart[];
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** The reply must have this shape; the adapter makes the model keep to it and checks it. */
  readonly schema: z.ZodType<T>;
  readonly maxOutputTokens: number;
};

/** Tokens as the vendor bills them. `input` excludes what was read from or written to the cache. */
export type Usage = {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
};

export type ModelReply<T> = {
  readonly value: T;
  /** The model that answered. */
  readonly model: string;
  /** Undefined when the vendor sent none: the budget then charges the whole hold. */
  readonly usage: Usage | undefined;
  /** Filled in by the budget; 0 before it. */
  readonly costMicroUsd: number;
};

/**
 * A model. Errors: `model_unavailable` (429, 529, network, cut stream; retried by the adapter first),
 * `model_misconfigured` (key, model id, credit), `model_refused`, `model_truncated` (max tokens), `cancelled`, each as a
 * `ModelFailure` that says what was billed.
 */
export interface LanguageModel {
  readonly model: string;
  /** There are several sizes, and `ModelRequest.route` chooses. */
  readonly routes?: true;
  /** Tokens of the input, counted by the vendor or bounded from above. */
  countInput(request: ModelRequest<unknown>, signal: AbortSignal): Promise<number>;
  generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>>;
}

/** A failed call together with what the vendor billed for it, so that the budget can charge exactly that. */
export class ModelFailure extends MemoriError {
  readonly billed: Usage | 'nothing' | 'unknown';

  constructor(
    code: ErrorCode,
    message: string,
    billed: Usage | 'nothing' | 'unknown',
    options: ConstructorParameters<typeof MemoriError>[2] = {},
  ) {
    super(code, message, options);
    this.billed = billed;
  }
}
