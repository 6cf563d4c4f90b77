import type { ServerResponse } from 'node:http';
import { type Body, type ModelServer, type Play, type Stream, startModelServer } from './model-server.ts';

export type OllamaServer = ModelServer;

const pulled = 'qwen3:4b';

/** A local server that speaks Ollama's own API, and lists its models as OpenAI does. */
export async function startOllamaServer(play: Play): Promise<OllamaServer> {
  const server = await startModelServer(
    {
      aside(path, body) {
        if (path === '/v1/models') return [200, { object: 'list', data: [{ id: pulled, object: 'model' }] }];
        if (path === '/api/ps') return [200, { models: [] }];
        if (path === '/api/show')
          return body.model === pulled
            ? [
                200,
                {
                  parameters: 'stop "<|im_end|>"',
                  capabilities: ['completion', 'thinking'],
                  model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 },
                },
              ]
            : [404, notFound(body)];
        if (path !== '/api/chat' && path !== '/v1/chat/completions') return [404, {}];
        return body.model === pulled ? undefined : [404, notFound(body)];
      },
      errorBody: (_, message) => ({ error: message }),
      wrongKey: { error: 'unauthorized' },
      promptOf: ({ messages }) =>
        (messages as { role: string; content: string }[]).find(({ role }) => role === 'user')?.content,
      stream,
      contentType: () => 'application/x-ndjson',
    },
    play,
  );
  return Object.defineProperties(server, { url: { value: `${server.url}/v1` } }) as ModelServer;
}

const notFound = ({ model }: Body) => ({ error: `model '${model}' not found` });

function stream(response: ServerResponse, { model }: Body, inputTokens: number): Stream {
  const send = (fields: object): void => void response.write(`${JSON.stringify({ model, done: false, ...fields })}\n`);
  return {
    piece: (content) => send({ message: { role: 'assistant', content } }),
    thought: (thinking) => send({ message: { role: 'assistant', content: '', thinking } }),
    ping: () => void response.write('\n'),
    end(stop, tokens) {
      send({
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: stop === 'max_tokens' ? 'length' : 'stop',
        prompt_eval_count: inputTokens,
        eval_count: tokens,
      });
    },
  };
}
