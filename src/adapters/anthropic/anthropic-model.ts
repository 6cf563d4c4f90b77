import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { Logger } from '../../core/base/logger.ts';
import { estimateTokens } from '../../core/language/estimate-tokens.ts';
import { type LanguageModel, ModelFailure, type ModelReply, type ModelRequest } from '../../core/model/model.ts';
import { currentModel, retirements } from '../../core/model/retirements.ts';
import { startDeadlines, type TimeLimits } from '../models/model-deadlines.ts';
import { createModelFetch } from '../models/model-fetch.ts';
import { replyOf } from '../models/model-reply.ts';
import { createModelRetries } from '../models/model-retries.ts';
import { readPieces } from '../models/read-pieces.ts';
import { failureOf } from './anthropic-failure.ts';
import { askClaude, type ClaudeFacts } from './ask-claude.ts';
import { type ClaudeTraits, documentedTraits } from './claude-models.ts';
import { messagePieces } from './message-pieces.ts';

/** How to reach Claude, and the limits of a call. */
export type AnthropicOptions = {
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
  /** Mark the stable prefix for the vendor's cache (kept one hour). */
  readonly caching: boolean;
  readonly limits: TimeLimits;
  /** Retries after errors that are not billed: 429, 529, 5xx, no connection. */
  readonly retries: number;
  /** How long to wait for a server that is loading its model. Milliseconds. */
  readonly loadingMs: number;
  readonly logger: Logger;
  /** The current time in milliseconds since 1970, for retirements. */
  readonly now?: () => number;
};

/** The longest wait for a token count, which is optional. Milliseconds. */
const countMs = 5000;
/** Facts about a model are refreshed after this time. Milliseconds. */
const askAgainMs = 10 * 60_000;
/** Parameters that a model may refuse. A refused one is no longer sent. */
type Refused = 'effort' | 'thinking' | 'format' | 'cache_control';

/**
 * Claude through `@anthropic-ai/sdk`. Streams within our own time limits; the vendor enforces the schema and the reply
 * is parsed here in any case; the stable part of the prompt is cached. Thinking depends on the requested effort, where
 * the model allows a choice. A retired model is replaced by its successor.
 */
export function createAnthropicModel(options: AnthropicOptions): LanguageModel {
  const { model: configured, logger, limits, now = Date.now } = options;
  const server = new URL(options.baseUrl).host;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: longestTimer,
    maxRetries: 0,
    fetch: createModelFetch(limits.connectMs),
  });
  const withRetries = createModelRetries({
    ...options,
    failureOf: (error, signal) => failureOf(error, active(), server, signal),
  });
  const refused = new Set<Refused>();
  let facts: { readonly at: number; readonly known: ClaudeFacts } | undefined;
  let isRetired = false;
  let counts = true;

  const active = (): string =>
    isRetired ? (retirements[configured]?.successor ?? configured) : currentModel(configured, now());
  const traits = (): ClaudeTraits => facts?.known.traits ?? documentedTraits(active());

  async function ask(signal: AbortSignal): Promise<ClaudeFacts> {
    if (facts !== undefined && now() - facts.at < askAgainMs) return facts.known;
    const known = await askClaude(client, active(), server, now(), signal);
    if (known.retired && !replace()) return known;
    if (known.retired) return ask(signal);
    if (known.health.ok) facts = { at: now(), known };
    return known;
  }

  /** Switches to the successor. False when there is none, or when already switched. */
  function replace(): boolean {
    if (isRetired || retirements[configured] === undefined || active() !== configured) return false;
    isRetired = true;
    facts = undefined;
    logger.warn('The model has retired; its successor answers.', { model: configured, successor: active() });
    return true;
  }

  async function generateOnce<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
    const deadlines = startDeadlines(limits, signal);
    try {
      const events = await open(request, deadlines.signal).catch((error: unknown) => {
        if (deadlines.passed === undefined || signal.aborted) throw error;
        throw new ModelFailure('model_unavailable', 'The model sent nothing within the time limit.', 'unknown', {
          reason: 'first_token',
          details: { model: active(), server },
        });
      });
      const collected = await readPieces(messagePieces(events), deadlines);
      return replyOf(collected, request, active(), deadlines, signal);
    } finally {
      deadlines.clear();
    }
  }

  /** Opens the stream without the parameters that the model refuses; uses the successor of a retired model. */
  async function open(request: ModelRequest<unknown>, signal: AbortSignal) {
    for (;;)
      try {
        return await client.messages.create(
          { ...promptOf(request), stream: true, max_tokens: outputTokens(request) },
          { signal },
        );
      } catch (error) {
        const isGone = error instanceof Anthropic.APIError && error.type === 'not_found_error';
        if (isGone && replace()) continue;
        const parameter = refusedIn(error);
        if (parameter === undefined || refused.has(parameter)) throw error;
        refused.add(parameter);
        logger.info('The model is asked without a parameter from now on.', { model: active(), parameter });
      }
  }

  const outputTokens = ({ maxOutputTokens }: ModelRequest<unknown>): number =>
    Math.min(maxOutputTokens, traits().maxOutputTokens ?? maxOutputTokens);

  /** The prompt for both counting and sending, so that the reservation covers the call. */
  function promptOf(request: ModelRequest<unknown>) {
    const { effort: takesEffort, thinkingOff } = traits();
    const { effort = 'low' } = request;
    const isCached = options.caching && !refused.has('cache_control');
    return {
      model: active(),
      system: request.system.map(({ text, cache }) => ({
        type: 'text' as const,
        text,
        ...(cache && isCached ? { cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } } : {}),
      })),
      messages: request.messages.map(({ role, text }) => ({ role, content: text })),
      ...(effort === 'low' && thinkingOff && !refused.has('thinking') ? { thinking: { type: thinkingOff } } : {}),
      output_config: {
        ...(takesEffort && !refused.has('effort') ? { effort } : {}),
        ...(refused.has('format') ? {} : { format: jsonFormat(request) }),
      },
    };
  }

  return {
    model: configured,
    capacity: () => ({
      tokens: traits().contextTokens,
      contextTokens: traits().contextTokens,
      thinks: traits().thinks,
      estimate: estimateTokens,
    }),
    async check(signal) {
      const { health } = await ask(signal);
      if (active() === configured) return health;
      const on = retirements[configured]?.on ?? '';
      return { ...health, notes: [{ kind: 'replaced', model: configured, on, successor: active() }, ...health.notes] };
    },
    async countInput(request, signal) {
      if (!counts) return undefined;
      const limited = AbortSignal.any([signal, AbortSignal.timeout(countMs)]);
      return client.messages.countTokens(promptOf(request), { signal: limited }).then(
        ({ input_tokens }) => input_tokens,
        (error: unknown) => {
          if (signal.aborted) throw failureOf(error, active(), server, signal);
          // A gateway may not support counting. The call itself reports any other error.
          const isMissing = error instanceof Anthropic.APIError && [404, 405, 501].includes(error.status ?? 0);
          if (isMissing && error.type !== 'not_found_error') counts = false;
          return undefined;
        },
      );
    },
    generate: (request, signal) => withRetries(() => generateOnce(request, signal), signal),
  };
}

/** Disables the SDK's own timeout, which ends with the headers. */
const longestTimer = 2 ** 31 - 1;

/** The parameter that a 400 rejects: its message begins with the path or contains the name. */
function refusedIn(error: unknown): Refused | undefined {
  if (!(error instanceof Anthropic.APIError) || error.status !== 400) return undefined;
  const { message } = error;
  if (/\beffort\b/i.test(message)) return 'effort';
  if (/\bthinking\b/i.test(message)) return 'thinking';
  if (/output_config\.format|output_format|structured output|json_schema/i.test(message)) return 'format';
  return /cache_control/i.test(message) ? 'cache_control' : undefined;
}

/** The plain schema. The SDK's own parser would throw an error without the billed usage. */
function jsonFormat(request: ModelRequest<unknown>) {
  const { type, schema } = zodOutputFormat(request.schema);
  return { type, schema };
}
