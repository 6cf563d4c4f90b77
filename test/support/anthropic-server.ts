import type { ServerResponse } from 'node:http';
import { type Body, type ModelServer, type Play, type Stream, startModelServer } from './model-server.ts';

/** A local server that speaks Anthropic's Messages API. */
export const startAnthropicServer = (play: Play): Promise<ModelServer> =>
  startModelServer(
    {
      aside(path, _body, inputTokens) {
        if (path.startsWith('/v1/messages/count_tokens')) return [200, { input_tokens: inputTokens }];
        return path.startsWith('/v1/messages') ? undefined : [404, errorBody('not_found_error', 'Not found')];
      },
      errorBody,
      wrongKey: errorBody('authentication_error', 'invalid api key'),
      promptOf: ({ messages }) => (messages as { content: string }[])[0]?.content,
      stream,
    },
    play,
  );

function stream(response: ServerResponse, { model }: Body, inputTokens: number): Stream {
  const send = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  const usage = {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: null,
    output_tokens: 1,
  };
  const empty = { content: [], stop_reason: null, stop_sequence: null, usage };
  send('message_start', { message: { id: 'msg_test', type: 'message', role: 'assistant', model, ...empty } });
  send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  send('ping', {});
  return {
    piece: (text) => send('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    end(stop, output_tokens) {
      send('content_block_stop', { index: 0 });
      const stop_reason = stop === 'usual' ? 'end_turn' : stop;
      send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } });
      send('message_stop', {});
    },
  };
}

const errorBody = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_test',
});
