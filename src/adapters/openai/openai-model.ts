import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { Logger } from '../../core/base/logger.ts';
import { type LanguageModel, ModelFailure, type ModelReply, type ModelRequest } from '../../core/model/model.ts';
import { createModelRetries } from '../models/model-retries.ts';
import { readAnswer } from './answer.ts';
import { tokensFromAbove } from './count-tokens.ts';
import { firstManner, type Manner, nextFormat, otherManner } from './manner.ts';
import { failureOf } from './openai-failure.ts';
import { parseJson } from './parse-json.ts';

export type OpenAiOptions = {
  /** A server of one's own may want none: any text will do. */
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
  /** Milliseconds for one call, first byte to last. */
  readonly timeoutMs: number;
  /** Tries after the first, for what was not billed: 429, 5xx, no connection. */
  readonly retries: number;
  readonly logger: Logger;
  /** OpenAI itself, with its own names of parameters and its counting endpoint; read off the base URL when left out. */
  readonly isOpenAi?: boolean;
};

/**
 * Any model behind OpenAI's chat completions API (GPT, Gemini's OpenAI endpoint, vLLM, Ollama), by the `openai` package:
 * streamed, output held to the schema by the server where it can and checked here in any case. What a server does not
 * know it is asked without, from then on.
 */
export function createOpenAiModel(options: OpenAiOptions): LanguageModel {
  const { model, logger } = options;
  const isOpenAi = options.isOpenAi ?? new URL(options.baseUrl).hostname === 'api.openai.com';
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs,
    maxRetries: 0,
  });
  const withRetries = createModelRetries({
    ...options,
    failureOf: (error, signal) => failureOf(error, model, signal),
  });
  let manner = firstManner(isOpenAi);
  let counts = isOpenAi;

  function change(to: Manner, why: string): void {
    manner = to;
    logger.info('The model is asked in another way from now on.', { model, ...to, why });
  }

  /** Opens the stream, without what the server objects to. */
  async function open(request: ModelRequest<unknown>, signal: AbortSignal) {
    for (let objections = 0; ; objections += 1) {
      const asked = manner;
      try {
        return { asked, stream: await client.chat.completions.create(bodyOf(request, model, asked), { signal }) };
      } catch (error) {
        const other = objections < mostObjections ? otherManner(asked, error) : undefined;
        if (other === undefined) throw error;
        change(other, String(error));
      }
    }
  }

  async function generateOnce<T>(request: ModelRequest<T>, signal: AbortSignal): Promise<ModelReply<T>> {
    const { asked, stream } = await open(request, signal);
    const answer = await readAnswer(stream, request.maxOutputTokens, signal).catch((error: unknown) => {
      // Once the stream has begun the vendor bills, and a cut stream never says how much.
      throw failureOf(error, model, signal, 'unknown');
    });
    const parsed = request.schema.safeParse(parseJson(answer.text));
    if (parsed.success)
      return { value: parsed.data, model: answer.model ?? model, usage: answer.usage, costMicroUsd: 0 };
    const other = nextFormat(asked);
    if (other) change(other, 'It answered in another form than the schema.');
    throw new ModelFailure(
      'model_unavailable',
      'The model answered in another form than was asked for.',
      answer.usage ?? 'unknown',
      { cause: parsed.error },
    );
  }

  /** OpenAI counts for free; others are bounded from above. */
  async function countInput(request: ModelRequest<unknown>, signal: AbortSignal): Promise<number> {
    const bound = tokensFromAbove(textsOf(request, manner));
    if (!counts) return bound;
    return withRetries(() => counted(client, request, model, signal), signal).catch((error: unknown) => {
      if (!(error instanceof ModelFailure) || error.code !== 'model_misconfigured') throw error;
      // A gateway in between may not know this endpoint; what else is wrong the call itself will say.
      counts = false;
      return bound;
    });
  }

  return {
    model,
    countInput,
    generate: (request, signal) => withRetries(() => generateOnce(request, signal), signal),
  };
}

/** There are five things that a server may not know; one that objects to everything is given up. */
const mostObjections = 5;

/** One system message: the templates of some open models refuse a second. The stable part stays at its beginning. */
function messagesOf(request: ModelRequest<unknown>, { format }: Manner) {
  const inWords = format === 'json_schema' ? [] : [schemaInWords(request)];
  const system = [...request.system.map(({ text }) => text), ...inWords].join('\n\n');
  return [
    { role: 'system' as const, content: system },
    ...request.messages.map(({ role, text }) => ({ role, content: text })),
  ];
}

function bodyOf(request: ModelRequest<unknown>, model: string, manner: Manner): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: messagesOf(request, manner),
    stream: true,
    [manner.limit]: request.maxOutputTokens,
    ...(manner.usage ? { stream_options: { include_usage: true } } : {}),
    ...(manner.effort ? { reasoning_effort: 'low' } : {}),
    ...(manner.format === 'json_schema' ? { response_format: schemaFormat(request) } : {}),
    ...(manner.format === 'json_object' ? { response_format: { type: 'json_object' } } : {}),
  };
}

/** Plain schema only: the SDK's own parser would throw its own error; ours keeps what was billed. */
function schemaFormat(request: ModelRequest<unknown>) {
  const { type, json_schema } = zodResponseFormat(request.schema, 'answer');
  return { type, json_schema };
}

const schemaInWords = (request: ModelRequest<unknown>): string =>
  `Answer with one JSON object and nothing else. It keeps to this JSON Schema:\n${JSON.stringify(schemaFormat(request).json_schema.schema)}`;

/** Everything that is counted: the schema too, whether it goes beside the messages or within them. */
const textsOf = (request: ModelRequest<unknown>, manner: Manner): readonly string[] => [
  ...messagesOf(request, manner).map(({ content }) => content),
  ...(manner.format === 'json_schema' ? [JSON.stringify(schemaFormat(request))] : []),
];

/** The counting endpoint belongs to the Responses API, whose messages are wrapped a little differently. */
const wrapping = 64;

async function counted(
  client: OpenAI,
  request: ModelRequest<unknown>,
  model: string,
  signal: AbortSignal,
): Promise<number> {
  const { name, schema = {} } = schemaFormat(request).json_schema;
  const { input_tokens } = await client.responses.inputTokens.count(
    {
      model,
      input: messagesOf(request, firstManner(true)),
      text: { format: { type: 'json_schema', name, schema, strict: true } },
    },
    { signal },
  );
  return input_tokens + wrapping;
}
