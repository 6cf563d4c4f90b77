import type OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import { Stream } from 'openai/streaming';
import { ModelFailure, type Usage } from '../../core/model/model.ts';
import type { Piece } from '../models/read-pieces.ts';

/**
 * The pieces of a chat completion: streamed, or whole from a server that does not stream. Errors: `model_misconfigured`
 * for a page of HTML; whatever the stream throws.
 */
export async function* chatPieces(response: Response, server: string): AsyncGenerator<Piece> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('html')) throw webPage(server);
  if (type.includes('application/json')) {
    yield* wholeAnswer((await response.json()) as ChatCompletion);
    return;
  }
  for await (const chunk of Stream.fromSSEResponse<ChatCompletionChunk>(response, new AbortController()))
    yield pieceOf(chunk);
}

/** The failure of an address that answers with a web page. */
export const webPage = (server: string): ModelFailure =>
  new ModelFailure('model_misconfigured', `${server} answers with a web page.`, 'nothing', {
    reason: 'web_page',
    details: { server, variable: 'OPENAI_BASE_URL' },
    next: 'Check OPENAI_BASE_URL and the proxy in between.',
  });

/** A delta, with the fields in which servers put thoughts: DeepSeek and vLLM, OpenRouter, llama.cpp. */
type Said = {
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly reasoning_content?: string | null;
  readonly reasoning?: string | null;
};

const pieceOf = ({ model, choices, usage }: ChatCompletionChunk): Piece =>
  pieceFrom(choices?.[0]?.delta, choices?.[0]?.finish_reason, model, usage);

function* wholeAnswer({ model, choices, usage }: ChatCompletion): Generator<Piece> {
  yield pieceFrom(choices?.[0]?.message, choices?.[0]?.finish_reason, model, usage);
}

function pieceFrom(
  said: Said | undefined,
  finish: string | null | undefined,
  model: string | undefined,
  usage: OpenAI.CompletionUsage | null | undefined,
): Piece {
  const thought = said?.reasoning_content ?? said?.reasoning;
  return {
    text: said?.content ?? '',
    ...(thought ? { thought } : {}),
    refusal: said?.refusal ?? '',
    finish: finishOf(finish),
    model: model || undefined,
    // The last chunk contains it; some servers send a running total in each.
    usage: usage ? usageOf(usage) : undefined,
  };
}

function finishOf(reason: string | null | undefined): Piece['finish'] {
  if (!reason) return undefined;
  return reason === 'length' ? 'length' : reason === 'content_filter' ? 'refusal' : 'end';
}

/** OpenAI's prompt tokens include cached ones. Gemini counts thoughts in the total but not in the completion. */
function usageOf(usage: OpenAI.CompletionUsage): Usage {
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details: details } = usage;
  const cacheRead = details?.cached_tokens ?? 0;
  const cacheWrite5m = details?.cache_write_tokens ?? 0;
  return {
    input: Math.max(prompt_tokens - cacheRead - cacheWrite5m, 0),
    output: Math.max(completion_tokens, (total_tokens ?? 0) - prompt_tokens),
    cacheRead,
    cacheWrite5m,
    cacheWrite1h: 0,
  };
}
