import OpenAI from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Logger } from '../../core/base/logger.ts';
import { estimateTokens } from '../../core/language/estimate-tokens.ts';
import { type LanguageModel, ModelFailure, type ModelReply, type ModelRequest } from '../../core/model/model.ts';
import { type Deadlines, startDeadlines, type TimeLimits } from '../models/model-deadlines.ts';
import { createModelFetch } from '../models/model-fetch.ts';
import { replyOf } from '../models/model-reply.ts';
import { createModelRetries } from '../models/model-retries.ts';
import { type Piece, readPieces } from '../models/read-pieces.ts';
import { askServer, type ServerFacts } from './ask-server.ts';
import { chatPieces } from './chat-pieces.ts';
import { createFormatTrust } from './format-trust.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { openOllamaChat } from './ollama-chat.ts';
import { failureOf, faultOf } from './openai-failure.ts';
import { firstOptions, optionsWithout, type RequestOptions } from './request-options.ts';

/** How to reach the server, and the limits of a call. */
export type OpenAiOptions = {
  /** Any text for a self-hosted server that needs no key. */
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly limits: TimeLimits;
  /** Retries after errors that are not billed: 429, 5xx, no connection. */
  readonly retries: number;
  /** How long to wait for a server that is loading its model. Milliseconds. */
  readonly loadingMs: number;
  readonly logger: Logger;
  /**
   * Whether this is OpenAI itself, with its own parameter names and its counting endpoint. Derived from the base URL
   * when absent.
   */
  readonly isOpenAi?: boolean;
  /** What is known of a server is kept for a while. Milliseconds. */
  readonly now?: () => number;
};

/** The longest wait for what a server reports about itself. Milliseconds. */
const askMs = 2000;
/** Facts about a server are refreshed after this time. Milliseconds. */
const askAgainMs = 60_000;

/**
 * Any model behind OpenAI's chat completions API (GPT, Gemini's OpenAI endpoint, llama.cpp, vLLM, LM Studio), and
 * Ollama through its own. Streams within our own time limits; the server enforces the schema where it can, and the
 * reply is parsed here in any case. Options that a server does not know are no longer sent.
 */
export function createOpenAiModel(options: OpenAiOptions): LanguageModel {
  const { model, logger, apiKey, baseUrl, limits, now = Date.now } = options;
  const server = new URL(baseUrl).host;
  const isOpenAi = options.isOpenAi ?? new URL(baseUrl).hostname === 'api.openai.com';
  const fetch = createModelFetch(limits.connectMs);
  const client = new OpenAI({ apiKey, baseURL: baseUrl, timeout: longestTimer, maxRetries: 0, fetch });
  const withRetries = createModelRetries({
    ...options,
    failureOf: (error, signal) => failureOf(error, model, server, signal),
  });
  const trust = createFormatTrust(now);
  const address = { baseUrl, apiKey, model, fetch, isOpenAi };
  const facts = rememberFor(askAgainMs, now, (signal) => askServer(address, signal));
  let known: ServerFacts | undefined;
  let requestOptions = firstOptions(isOpenAi);
  /** The context size, learned from a rejected prompt. */
  let seenContext: number | undefined;
  let hasThought = false;
  let counts = isOpenAi;

  async function ask(signal: AbortSignal): Promise<ServerFacts> {
    known = await facts(signal);
    return known;
  }

  /** Opens the stream without the options that the server rejects. */
  async function open(request: ModelRequest<unknown>, signal: AbortSignal): Promise<AsyncIterable<Piece>> {
    const ollama = isOpenAi ? undefined : (await ask(AbortSignal.any([signal, AbortSignal.timeout(askMs)]))).ollama;
    if (ollama) return openOllamaChat(request, address, ollama, signal);
    for (let objections = 0; ; objections += 1) {
      try {
        const body = bodyOf(
          request,
          model,
          { ...requestOptions, format: trust.choose(requestOptions.format) },
          isOpenAi,
        );
        return chatPieces(await client.chat.completions.create(body, { signal }).asResponse(), server);
      } catch (error) {
        const without = objections < mostObjections ? withoutObjection(error) : undefined;
        if (without === undefined) throw error;
        requestOptions = without;
        logger.info('The model is asked in another way from now on.', { model, ...without, why: String(error) });
      }
    }
  }

  function withoutObjection(error: unknown): RequestOptions | undefined {
    if (!(error instanceof OpenAI.APIError)) return undefined;
    const fault = faultOf(error);
    const isOther = fault.reason !== undefined && fault.reason !== 'wrong_url';
    return isOther ? undefined : optionsWithout(requestOptions, fault, error.param ?? '');
  }

  async function generateOnce<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
    const deadlines = startDeadlines(limits, signal);
    const format = trust.choose(requestOptions.format);
    try {
      const pieces = await open(request, deadlines.signal).catch((error: unknown) => {
        throw openingFailure(error, deadlines, signal);
      });
      const collected = await readPieces(pieces, deadlines);
      hasThought ||= collected.thoughts > 0;
      // Some servers report errors in the stream instead of by status.
      if (collected.error instanceof ModelFailure) throw collected.error;
      if (collected.error instanceof OpenAI.APIError && faultIsKnown(collected.error) && !signal.aborted)
        throw failureOf(collected.error, model, server, signal);
      const reply = replyOf(collected, request, model, deadlines, signal);
      trust.kept();
      return reply;
    } catch (error) {
      throw learned(error, request, format);
    } finally {
      deadlines.clear();
    }
  }

  /** The failure before the headers arrived. Its cost is unknown after a time limit. */
  function openingFailure(error: unknown, { passed }: Deadlines, signal: AbortSignal): ModelFailure {
    if (passed === undefined || signal.aborted) return failureOf(error, model, server, signal);
    return new ModelFailure('model_unavailable', 'The model sent nothing within the time limit.', 'unknown', {
      reason: 'first_token',
      details: { model, server },
    });
  }

  /** Stores what a failure reveals about the server. */
  function learned(error: unknown, request: ModelRequest<unknown>, format: RequestOptions['format']): unknown {
    if (!(error instanceof ModelFailure)) return error;
    if (error.reason === 'off_form' && trust.missed(format))
      logger.info('The model does not keep to a format; it is asked without for ten minutes.', { model, format });
    if (error.reason === 'context') seenContext = Number(error.details.contextTokens ?? guessedContext(request));
    return error;
  }

  const contextTokens = (): number | undefined => {
    const sizes = [known?.contextTokens, seenContext].filter((size) => size !== undefined);
    return sizes.length === 0 ? undefined : Math.min(...sizes);
  };

  return {
    model,
    capacity: () => ({
      tokens: contextTokens(),
      contextTokens: contextTokens(),
      thinks: hasThought && !known?.ollama ? 'always' : isOpenAi ? 'when_asked' : 'never',
      estimate: estimateTokens,
    }),
    async check(signal) {
      return (await ask(signal)).health;
    },
    /** Only OpenAI counts, free of charge. */
    async countInput(request, signal) {
      if (!counts) return undefined;
      const limited = AbortSignal.any([signal, AbortSignal.timeout(countMs)]);
      return counted(client, request, model, limited).catch((error: unknown) => {
        if (signal.aborted) throw failureOf(error, model, server, signal);
        // A gateway may not have this endpoint. The call itself reports any other error.
        if (error instanceof OpenAI.APIError && [400, 404, 405, 501].includes(error.status ?? 0)) counts = false;
        return undefined;
      });
    },
    generate: (request, signal) => withRetries(() => generateOnce(request, signal), signal),
  };
}

/** The longest wait for a token count, which is optional. Milliseconds. */
const countMs = 5000;

/** Disables the SDK's own timeout, which ends with the headers. */
const longestTimer = 2 ** 31 - 1;

/** A server may reject seven options; after more objections the call fails. */
const mostObjections = 7;

const faultIsKnown = (error: unknown): boolean =>
  faultOf(error).reason !== undefined && faultOf(error).reason !== 'away';

/** The assumed context size when a server rejects a prompt without naming it. */
const guessedContext = ({ system, messages, maxOutputTokens }: ModelRequest<unknown>): number =>
  Math.floor(
    ([...system, ...messages].reduce((sum, { text }) => sum + estimateTokens(text), 0) + maxOutputTokens) * 0.6,
  );

/** Caches an answer for a time. Concurrent callers share one request; failures are not cached. */
function rememberFor(
  ms: number,
  now: () => number,
  ask: (signal: AbortSignal) => Promise<ServerFacts>,
): (signal: AbortSignal) => Promise<ServerFacts> {
  let kept: { readonly at: number; readonly facts: Promise<ServerFacts> } | undefined;
  return async (signal) => {
    if (kept === undefined || now() - kept.at > ms) kept = { at: now(), facts: ask(signal) };
    const facts = await kept.facts;
    if (!facts.health.ok) kept = undefined;
    return facts;
  };
}

/**
 * Messages with a single system message, because templates of some open models reject a second. The stable part comes
 * first.
 */
function messagesOf(request: ModelRequest<unknown>, { system, format }: Pick<RequestOptions, 'system' | 'format'>) {
  const inWords = format === 'json_schema' ? [] : [schemaInWords(request)];
  const rules = [...request.system.map(({ text }) => text), ...inWords].join('\n\n');
  const messages = request.messages.map(({ role, text }) => ({ role, content: text }));
  if (system === 'own') return [{ role: 'system' as const, content: rules }, ...messages];
  return messages.map(({ role, content }, at) => ({ role, content: at === 0 ? `${rules}\n\n${content}` : content }));
}

const schemaInWords = (request: ModelRequest<unknown>): string =>
  `Answer with one JSON object and nothing else. It keeps to this JSON Schema:\n${JSON.stringify(jsonSchemaOf(request, false))}`;

function bodyOf(
  request: ModelRequest<unknown>,
  model: string,
  options: RequestOptions,
  isOpenAi: boolean,
): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: messagesOf(request, options),
    stream: true,
    [options.limit]: request.maxOutputTokens,
    ...(options.temperature ? { temperature: 0 } : {}),
    ...(options.usage ? { stream_options: { include_usage: true } } : {}),
    // Other servers get low effort: a local model that thinks takes minutes.
    ...(options.effort ? { reasoning_effort: isOpenAi ? (request.effort ?? 'low') : 'low' } : {}),
    ...formatOf(request, options),
  };
}

function formatOf(request: ModelRequest<unknown>, { format, bounds }: RequestOptions) {
  switch (format) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema' as const,
          json_schema: { name: 'answer', strict: true, schema: jsonSchemaOf(request, bounds) },
        },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' as const } };
    case 'words':
      return {};
  }
}

/**
 * Tokens added to the count, because the counting endpoint belongs to the Responses API, which wraps messages
 * differently.
 */
const wrapping = 64;

async function counted(
  client: OpenAI,
  request: ModelRequest<unknown>,
  model: string,
  signal: AbortSignal,
): Promise<number> {
  const { input_tokens } = await client.responses.inputTokens.count(
    {
      model,
      input: messagesOf(request, firstOptions(true)),
      text: { format: { type: 'json_schema', name: 'answer', schema: jsonSchemaOf(request, false), strict: true } },
    },
    { signal },
  );
  return input_tokens + wrapping;
}
