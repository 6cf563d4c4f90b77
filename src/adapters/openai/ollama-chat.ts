import OpenAI from 'openai';
import type { ModelRequest } from '../../core/model/model.ts';
import type { Piece } from '../models/read-pieces.ts';
import type { ServerAddress, ServerFacts } from './ask-server.ts';
import { webPage } from './chat-pieces.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** How long Ollama keeps the model loaded after a question, since loading can take minutes. */
const keepAlive = '30m';

type OllamaChunk = {
  readonly model?: string;
  readonly message?: { readonly content?: string; readonly thinking?: string };
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
  readonly error?: string;
};

/**
 * Asks Ollama through its own API, which accepts the context size (its OpenAI API does not and truncates silently),
 * turns thoughts off, and keeps the model loaded. Errors: `OpenAI.APIError`, and those of the network.
 */
export async function openOllamaChat(
  request: ModelRequest<unknown>,
  { baseUrl, apiKey, model, fetch }: ServerAddress,
  ollama: NonNullable<ServerFacts['ollama']>,
  signal: AbortSignal,
): Promise<AsyncIterable<Piece>> {
  const { origin, host } = new URL(baseUrl);
  const response = await fetch(`${origin}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({
      model,
      messages: [
        { role: 'system', content: request.system.map(({ text }) => text).join('\n\n') },
        ...request.messages.map(({ role, text }) => ({ role, content: text })),
      ],
      stream: true,
      format: jsonSchemaOf(request, true),
      keep_alive: keepAlive,
      ...(ollama.thinks ? { think: false } : {}),
      options: { temperature: 0, num_ctx: ollama.contextTokens, num_predict: request.maxOutputTokens },
    }),
    signal,
  });
  if ((response.headers.get('content-type') ?? '').includes('html')) throw webPage(host);
  if (!response.ok) throw apiError(response.status, await response.text(), response.headers);
  return ollamaPieces(response);
}

async function* ollamaPieces({ body }: Response): AsyncGenerator<Piece> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield pieceOf(JSON.parse(line) as OllamaChunk);
  }
  if (rest.trim() !== '') yield pieceOf(JSON.parse(rest) as OllamaChunk);
}

function pieceOf(chunk: OllamaChunk): Piece {
  const { model, message, done, done_reason, prompt_eval_count: input = 0, eval_count: output = 0, error } = chunk;
  if (error !== undefined) throw apiError(500, JSON.stringify({ error }), new Headers());
  return {
    text: message?.content ?? '',
    ...(message?.thinking ? { thought: message.thinking } : {}),
    finish: done ? (done_reason === 'length' ? 'length' : 'end') : undefined,
    model,
    ...(done ? { usage: { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } } : {}),
  };
}

/** Converts Ollama's error, `{"error": "…"}`. */
function apiError(status: number, text: string, headers: Headers): InstanceType<typeof OpenAI.APIError> {
  let message = text;
  try {
    message = String((JSON.parse(text) as { error?: unknown }).error ?? text);
  } catch {
    // Not JSON: the text comes from a proxy.
  }
  return new OpenAI.APIError(status, { message }, message, headers);
}
