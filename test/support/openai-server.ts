import type { ServerResponse } from 'node:http';
import { type Body, type ModelServer, type Play, type Stream, startModelServer } from './model-server.ts';

/** What a compatible server does not know; it answers 400 as such servers do, or 404 for a whole endpoint. */
export type Lack =
  | 'json_schema'
  | 'json_object'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'stream_options'
  | 'reasoning_effort'
  | 'counting';

export type OpenAiServer = ModelServer & {
  /** May be changed between calls. */
  readonly lacks: Set<Lack>;
};

/** A local server that speaks OpenAI's chat completions, and counts by the Responses API. */
export async function startOpenAiServer(play: Play): Promise<OpenAiServer> {
  const lacks = new Set<Lack>();
  const server = await startModelServer(
    {
      aside(path, body, inputTokens) {
        if (path === '/v1/responses/input_tokens')
          return lacks.has('counting')
            ? [404, errorBody('invalid_request_error', 'Not Found')]
            : [200, { object: 'response.input_tokens', input_tokens: inputTokens }];
        if (path !== '/v1/chat/completions') return [404, errorBody('not_found_error', 'Not found')];
        const objection = objectionTo(body, lacks);
        return objection && [400, objection];
      },
      errorBody,
      wrongKey: errorBody('invalid_request_error', 'Incorrect API key provided'),
      promptOf: ({ messages }) =>
        (messages as { role: string; content: string }[]).find(({ role }) => role === 'user')?.content,
      stream,
    },
    play,
  );
  return Object.assign(server, { url: `${server.url}/v1`, lacks });
}

/** In the words of real servers: OpenAI's for parameters, vLLM's and Ollama's for formats. */
function objectionTo(body: Record<string, unknown>, lacks: ReadonlySet<Lack>): object | undefined {
  const format = (body.response_format as { type?: string } | undefined)?.type;
  if ((format === 'json_schema' || format === 'json_object') && lacks.has(format))
    return objection('response_format.type', `Invalid value: '${format}'. Supported values are: 'text'.`);
  for (const [name, other] of [
    ['max_tokens', 'max_completion_tokens'],
    ['max_completion_tokens', 'max_tokens'],
  ] as const)
    if (name in body && lacks.has(name))
      return objection(
        name,
        `Unsupported parameter: '${name}' is not supported with this model. Use '${other}' instead.`,
      );
  for (const name of ['stream_options', 'reasoning_effort'] as const)
    if (name in body && lacks.has(name)) return objection(name, `Unrecognized request argument supplied: ${name}`);
  return undefined;
}

const objection = (param: string, message: string): object => ({
  error: { message, type: 'invalid_request_error', param, code: 'unsupported_parameter' },
});

function stream(response: ServerResponse, { model, stream_options }: Body, inputTokens: number): Stream {
  const send = (choices: readonly object[], more: object = {}): void => {
    const chunk = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1, model, choices };
    response.write(`data: ${JSON.stringify({ ...chunk, ...more })}\n\n`);
  };
  const delta = (content: object, finish_reason: string | null = null): void =>
    send([{ index: 0, delta: content, finish_reason }]);
  delta({ role: 'assistant', content: '' });
  return {
    piece: (content) => delta({ content }),
    end(stop, tokens) {
      if (stop === 'refusal') delta({ refusal: 'I cannot help with that.' });
      delta({}, stop === 'max_tokens' ? 'length' : 'stop');
      if (stream_options !== undefined) send([], { usage: usage(inputTokens, tokens) });
      response.write('data: [DONE]\n\n');
    },
  };
}

const usage = (prompt_tokens: number, completion_tokens: number) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
  prompt_tokens_details: { cached_tokens: 0 },
});

/** OpenAI names an empty account twice: as type and as code. */
const errorBody = (type: string, message: string) => ({
  error: { message, type, param: null, code: type === 'insufficient_quota' ? type : null },
});
