import type OpenAI from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { ModelFailure, type Usage } from '../../core/model/model.ts';

export type StreamedAnswer = {
  readonly text: string;
  /** The exact model, when the server names it. */
  readonly model: string | undefined;
  readonly usage: Usage | undefined;
};

/**
 * Reads a stream to its end. Errors: `model_refused`, `model_truncated`, `cancelled`, and `model_unavailable` for a stream that
 * ends without saying why, all with what was billed; whatever the stream itself throws.
 */
export async function readAnswer(
  stream: AsyncIterable<ChatCompletionChunk>,
  maxOutputTokens: number,
  signal: AbortSignal,
): Promise<StreamedAnswer> {
  let text = '';
  let refusal = '';
  let finish: string | undefined;
  let model: string | undefined;
  let usage: Usage | undefined;
  for await (const chunk of stream) {
    model ??= chunk.model || undefined;
    // The last chunk carries it; some servers send a running total in each.
    if (chunk.usage) usage = usageOf(chunk.usage);
    const [choice] = chunk.choices;
    text += choice?.delta?.content ?? '';
    refusal += choice?.delta?.refusal ?? '';
    finish = choice?.finish_reason ?? finish;
  }
  const billed = usage ?? 'unknown';
  // The SDK ends an aborted stream as if it were complete.
  if (signal.aborted) throw new ModelFailure('cancelled', 'The model call was stopped.', billed);
  if (refusal !== '' || finish === 'content_filter')
    throw new ModelFailure('model_refused', 'The model declined to answer.', billed);
  if (finish === 'length')
    throw new ModelFailure(
      'model_truncated',
      `The model needed more than ${maxOutputTokens} tokens for its answer.`,
      billed,
    );
  if (finish === undefined)
    throw new ModelFailure('model_unavailable', 'The answer of the model broke off.', billed, {
      next: 'Try again in a minute.',
    });
  return { text, model, usage };
}

/** OpenAI's prompt tokens include the cached ones. Gemini leaves its thoughts out of the completion, not of the total. */
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
