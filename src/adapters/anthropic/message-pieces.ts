import type Anthropic from '@anthropic-ai/sdk';
import type { Usage } from '../../core/model/model.ts';
import type { Piece } from '../models/read-pieces.ts';

/**
 * The pieces of a streamed message. While Claude thinks, its pings count as progress, since the thoughts may be hidden.
 */
export async function* messagePieces(
  events: AsyncIterable<Anthropic.RawMessageStreamEvent | { readonly type: 'ping' }>,
): AsyncGenerator<Piece> {
  let started: Usage | undefined;
  let isThinking = false;
  for await (const event of events)
    switch (event.type) {
      case 'message_start':
        started = usageOf(event.message.usage);
        yield { model: event.message.model, started };
        break;
      case 'content_block_start':
        isThinking = event.content_block.type === 'thinking' || event.content_block.type === 'redacted_thinking';
        if (isThinking) yield { thought: ' ' };
        break;
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') yield { text: event.delta.text };
        if (event.delta.type === 'thinking_delta') yield { thought: event.delta.thinking };
        break;
      case 'message_delta':
        yield {
          finish: finishOf(event.delta.stop_reason),
          ...(started ? { usage: { ...started, output: event.usage.output_tokens } } : {}),
        };
        break;
      case 'ping':
        if (isThinking) yield { thought: '' };
        break;
      default:
        break;
    }
}

function finishOf(reason: Anthropic.Message['stop_reason']): Piece['finish'] {
  switch (reason) {
    case 'refusal':
      return 'refusal';
    case 'max_tokens':
      return 'length';
    case 'model_context_window_exceeded':
      return 'context';
    case null:
      return undefined;
    default:
      return 'end';
  }
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
