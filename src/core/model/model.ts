import type { z } from 'zod';
import { type ErrorCode, type ErrorDetails, MemoriError } from '../base/errors.ts';
import type { FailureReason } from '../base/failure-reason.ts';
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

/** How hard a model should try. What it thinks is billed, and takes its time. */
export type Effort = 'low' | 'medium' | 'high';

export type ModelRequest<T> = {
  readonly chargeTo: ChargeTo;
  /** Unique per call, so that a hold is idempotent: `<question id>:<step>`. */
  readonly id: string;
  readonly purpose: 'write_sql' | 'repair_sql' | 'extract_facts';
  /** Which size of model to ask, where there are several. */
  readonly route?: Route;
  /** `low` when absent. */
  readonly effort?: Effort;
  readonly system: readonly PromptPart[];
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** The reply must have this shape; the adapter makes the model keep to it where the server can. */
  readonly schema: z.ZodType<unknown>;
  /**
   * What a reply says, also one that does not keep to the schema. `cut`: the text is not complete. Undefined: it cannot be
   * read, and is asked for again.
   */
  readonly read: (text: string, cut: boolean) => T | undefined;
  /** What the answer and the thoughts before it may take together. */
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
  /** Set where the answer was complete before its end: output tokens that had come. */
  readonly outputSoFar?: number;
  /** Filled in by the budget; 0 before it. */
  readonly costMicroUsd: number;
};

/** What one call may carry, as far as is known now. */
export type Capacity = {
  /** Tokens of prompt and answer together that one call may use; undefined when nothing limits them. */
  readonly tokens: number | undefined;
  /** What the model itself can carry, as its server says; undefined when it does not. */
  readonly contextTokens: number | undefined;
  /** Set by the operator; otherwise the context decides. */
  readonly promptSize?: 'small' | 'medium' | 'large' | undefined;
  /** Whether it thinks before it answers; what it thinks counts as output. `when_asked`: from medium effort on. */
  readonly thinks: 'never' | 'when_asked' | 'always';
  /** Tokens of a text, as this model counts them. */
  estimate(text: string): number;
};

/** How the server of a model is, asked without a call that costs. */
export type ModelHealth = {
  readonly ok: boolean;
  /** What the person who set it up should know: `context_unknown`, a reason of failure, a model that retires. */
  readonly notes: readonly ModelNote[];
  readonly contextTokens: number | undefined;
};

export type ModelNote =
  | { readonly kind: 'failed'; readonly reason: FailureReason; readonly details: ErrorDetails }
  | { readonly kind: 'retires'; readonly model: string; readonly on: string; readonly successor: string | undefined }
  | { readonly kind: 'replaced'; readonly model: string; readonly on: string; readonly successor: string }
  | { readonly kind: 'small_context'; readonly tokens: number };

/**
 * A model. Errors: `model_unavailable` (429, 5xx, network, time limits, cut stream), `model_misconfigured` (key, model id,
 * credit, context size), `model_refused`, `model_truncated` (max tokens, a loop), `cancelled`, each as a `ModelFailure` that
 * says why and what was billed.
 */
export interface LanguageModel {
  readonly model: string;
  /** There are several sizes, and `ModelRequest.route` chooses. */
  readonly routes?: true;
  /** What is known of its limits; unknown when absent. */
  capacity?(route: Route | undefined): Capacity;
  /** Tokens of the input as the vendor counts them; undefined when it does not. */
  countInput(request: ModelRequest<unknown>, signal: AbortSignal): Promise<number | undefined>;
  generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>>;
  /** Asks the server whether it is there, has the model, and how much it may carry. Never throws. */
  check?(signal: AbortSignal): Promise<ModelHealth>;
}

/** What is known of a failed call's bill. `outputSoFar`: tokens that had come when it was ended; the input is as held. */
export type Billed = Usage | 'nothing' | 'unknown' | { readonly outputSoFar: number };

/** A failed call together with what the vendor billed for it, so that the budget can charge exactly that. */
export class ModelFailure extends MemoriError {
  readonly billed: Billed;
  readonly reason: FailureReason | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    billed: Billed,
    options: ConstructorParameters<typeof MemoriError>[2] & { readonly reason?: FailureReason } = {},
  ) {
    const { reason, details } = options;
    super(code, message, { ...options, details: { ...details, ...(reason ? { reason } : {}) } });
    this.billed = billed;
    this.reason = reason;
  }
}
