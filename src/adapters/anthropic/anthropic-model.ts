import Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { Logger } from '../../core/base/logger.ts';
import {
  type LanguageModel,
  ModelFailure,
  type ModelReply,
  type ModelRequest,
  type Usage,
} from '../../core/model/model.ts';
import { createModelRetries } from '../models/model-retries.ts';
import { failureOf } from './anthropic-failure.ts';

export type AnthropicOptions = {
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
  /** Mark the stable prefix for the vendor's cache (kept one hour). */
  readonly caching: boolean;
  /** Milliseconds for one call, first byte to last. */
  readonly timeoutMs: number;
  /** Tries after the first, for what was not billed: 429, 529, 5xx, no connection. */
  readonly retries: number;
  readonly logger: Logger;
};

/**
 * Claude through `@anthropic-ai/sdk`: streamed (a slow answer is not cut by proxies), output held to the schema by the
 * vendor and checked again here, the prompt's stable part cached.
 */
export function createAnthropicModel(options: AnthropicOptions): LanguageModel {
  const { model } = options;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs,
    maxRetries: 0,
  });

  const withRetries = createModelRetries({
    ...options,
    failureOf: (error, signal) => failureOf(error, model, signal),
  });

  return {
    model,
    countInput: (request, signal) =>
      withRetries(
        async () => (await client.messages.countTokens(promptOf(request, options), { signal })).input_tokens,
        signal,
      ),
    generate: (request, signal) => withRetries(() => generateOnce(client, options, request, signal), signal),
  };
}

async function generateOnce<T>(
  client: Anthropic,
  options: AnthropicOptions,
  request: ModelRequest<T>,
  signal: AbortSignal,
): Promise<ModelReply<T>> {
  const stream = client.messages.stream(
    { ...promptOf(request, options), max_tokens: request.maxOutputTokens },
    { signal },
  );
  let started: Usage | undefined;
  stream.on('streamEvent', (event) => {
    if (event.type === 'message_start') started = usageOf(event.message.usage);
  });
  const message = await stream.finalMessage().catch((error: unknown) => {
    // Once the stream has begun the vendor bills, and a cut stream never says how much.
    throw started ? failureOf(error, options.model, signal, 'unknown') : error;
  });
  const usage = usageOf(message.usage);
  if (message.stop_reason === 'refusal')
    throw new ModelFailure('model_refused', 'The model declined to answer.', usage);
  if (message.stop_reason === 'max_tokens' || message.stop_reason === 'model_context_window_exceeded')
    throw new ModelFailure(
      'model_truncated',
      `The model needed more than ${request.maxOutputTokens} tokens for its answer.`,
      usage,
    );
  const text = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  const parsed = request.schema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new ModelFailure('model_unavailable', 'The model answered in another form than was asked for.', usage, {
      cause: parsed.error,
    });
  return { value: parsed.data, model: message.model, usage, costMicroUsd: 0 };
}

/** What is counted and what is sent are the same prompt, so the hold covers the call. */
function promptOf(request: ModelRequest<unknown>, { model, caching }: AnthropicOptions) {
  return {
    model,
    system: request.system.map(({ text, cache }) => ({
      type: 'text' as const,
      text,
      ...(cache && caching ? { cache_control: { type: 'ephemeral' as const, ttl: '1h' as const } } : {}),
    })),
    messages: request.messages.map(({ role, text }) => ({ role, content: text })),
    output_config: { effort: 'low' as const, format: jsonFormat(request) },
  };
}

/** Plain schema only: the SDK's own parser would throw its own error; ours keeps what was billed. */
function jsonFormat(request: ModelRequest<unknown>) {
  const { type, schema } = zodOutputFormat(request.schema);
  return { type, schema };
}

const usageOf = (usage: Anthropic.Usage): Usage => {
  const long = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite1h: long,
    cacheWrite5m: (usage.cache_creation_input_tokens ?? 0) - long,
  };
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
