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

/** How much a model should think. Thoughts are billed and take time. */
export type Effort = 'low' | 'medium' | 'high';

/** One call of a model. */
export type ModelRequest<T> = {
  readonly chargeTo: ChargeTo;
  /** Unique per call, so that a hold is idempotent: `<question id>:<step>`. */
  readonly id: string;
  readonly purpose: 'write_sql' | 'repair_sql' | 'extract_facts';
  /** Which size of model to ask, when there are several. */
  readonly route?: Route;
  /** `low` when absent. */
  readonly effort?: Effort;
  readonly system: readonly PromptPart[];
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  /** The shape of the reply. The adapter makes the server enforce it where it can. */
  readonly schema: z.ZodType<unknown>;
  /**
   * Parses a reply, even one that does not match the schema. `cut`: the text is truncated. Undefined when it cannot be
   * parsed; the model is then asked again.
   */
  readonly read: (text: string, cut: boolean) => T | undefined;
  /** The limit for the answer and the thoughts before it together. Tokens. */
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

/** A parsed reply with its usage and cost. */
export type ModelReply<T> = {
  readonly value: T;
  /** The model that answered. */
  readonly model: string;
  /** Undefined when the vendor sent none: the budget then charges the whole hold. */
  readonly usage: Usage | undefined;
  /** Output tokens received so far. Set when the answer was complete before the stream ended. */
  readonly outputSoFar?: number;
  /** Millionths of a US dollar. Set by the budget; 0 before. */
  readonly costMicroUsd: number;
};

/** How many tokens one call may use, as far as is known. */
export type Capacity = {
  /** Tokens of prompt and answer together that one call may use; undefined when nothing limits them. */
  readonly tokens: number | undefined;
  /** The context size that the server reports; undefined when it reports none. */
  readonly contextTokens: number | undefined;
  /** The operator's setting. When absent, the context size decides. */
  readonly promptSize?: 'small' | 'medium' | 'large' | undefined;
  /** Whether it thinks before it answers; thoughts count as output. `when_asked`: from medium effort on. */
  readonly thinks: 'never' | 'when_asked' | 'always';
  /** Estimated tokens of a text in this model's vocabulary. */
  estimate(text: string): number;
};

/** The state of a model's server, checked without a billed call. */
export type ModelHealth = {
  readonly ok: boolean;
  /** What the operator should know: an unknown context size, a failure, a model that retires. */
  readonly notes: readonly ModelNote[];
  readonly contextTokens: number | undefined;
};

/** A fact about a model that the operator should know. */
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
  /** Set when there are several sizes and `ModelRequest.route` chooses one. */
  readonly routes?: true;
  /** The known limits. Absent when unknown. */
  capacity?(route: Route | undefined): Capacity;
  /** Tokens of the input as the vendor counts them; undefined when it does not. */
  countInput(request: ModelRequest<unknown>, signal: AbortSignal): Promise<number | undefined>;
  generate<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>>;
  /** Checks whether the server is reachable, has the model, and how large its context is. Never throws. */
  check?(signal: AbortSignal): Promise<ModelHealth>;
}

/**
 * What is known about the bill of a failed call. `outputSoFar`: tokens received before it was ended; the input is
 * charged as reserved.
 */
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
