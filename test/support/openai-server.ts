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
  | 'counting'
  | 'temperature'
  | 'system_role'
  | 'bounds'
  | 'streaming';

export type OpenAiServer = ModelServer & {
  /** May be changed between calls. */
  readonly lacks: Set<Lack>;
  /** Models that it lists and answers for; undefined: any, and there is no list. */
  models: readonly string[] | undefined;
  /** llama.cpp: the context that it was started with. It refuses longer prompts, counted as `charactersPerToken`. */
  contextTokens: number | undefined;
  charactersPerToken: number;
  /** vLLM says the size in its list of models. */
  readonly saysMaxModelLen: Set<string>;
};

/** A local server that speaks OpenAI's chat completions, and counts by the Responses API. */
export async function startOpenAiServer(play: Play): Promise<OpenAiServer> {
  const lacks = new Set<Lack>();
  const state: Pick<OpenAiServer, 'models' | 'contextTokens' | 'charactersPerToken'> = {
    models: undefined,
    contextTokens: undefined,
    charactersPerToken: 3,
  };
  const saysMaxModelLen = new Set<string>();
  const server = await startModelServer(
    {
      aside(path, body, inputTokens) {
        if (path === '/v1/responses/input_tokens')
          return lacks.has('counting')
            ? [404, errorBody('invalid_request_error', 'Not Found')]
            : [200, { object: 'response.input_tokens', input_tokens: inputTokens }];
        if (path === '/v1/models' && state.models)
          return [200, { object: 'list', data: state.models.map((id) => modelOf(id, saysMaxModelLen, state)) }];
        if (path === '/props' && state.contextTokens !== undefined && saysMaxModelLen.size === 0)
          return [200, { default_generation_settings: { n_ctx: state.contextTokens }, model_path: '/m.gguf' }];
        if (path !== '/v1/chat/completions') return [404, errorBody('not_found_error', 'Not found')];
        const objection = objectionTo(body, lacks);
        if (objection) return [400, objection];
        if (state.models && !state.models.includes(String(body.model)))
          return [404, errorBody('NotFoundError', `The model \`${body.model}\` does not exist.`)];
        const tokens = Math.ceil(JSON.stringify(body.messages).length / state.charactersPerToken);
        return state.contextTokens !== undefined && tokens > state.contextTokens
          ? [400, tooLong(tokens, state.contextTokens)]
          : undefined;
      },
      errorBody,
      wrongKey: errorBody('invalid_request_error', 'Incorrect API key provided'),
      contentType: () => (lacks.has('streaming') ? 'application/json' : 'text/event-stream'),
      promptOf: ({ messages }) =>
        (messages as { role: string; content: string }[]).find(({ role }) => role === 'user')?.content,
      stream: (response, body, inputTokens) =>
        lacks.has('streaming')
          ? whole(response, body, inputTokens)
          : stream(response, body, inputTokens, state.charactersPerToken),
    },
    play,
  );
  return Object.defineProperties(server, {
    url: { value: `${server.url}/v1` },
    lacks: { value: lacks },
    saysMaxModelLen: { value: saysMaxModelLen },
    ...Object.fromEntries(
      (['models', 'contextTokens', 'charactersPerToken'] as const).map((name) => [
        name,
        { get: () => state[name], set: (value: never) => Object.assign(state, { [name]: value }) },
      ]),
    ),
  }) as OpenAiServer;
}

const modelOf = (
  id: string,
  saysMaxModelLen: ReadonlySet<string>,
  { contextTokens }: { contextTokens: number | undefined },
) => ({
  id,
  object: 'model',
  owned_by: 'test',
  ...(saysMaxModelLen.has(id) ? { max_model_len: contextTokens } : {}),
});

/** llama.cpp's own words and fields. */
const tooLong = (tokens: number, context: number) => ({
  error: {
    code: 400,
    message: `request (${tokens} tokens) exceeds the available context size (${context} tokens), try increasing it`,
    type: 'exceed_context_size_error',
    n_prompt_tokens: tokens,
    n_ctx: context,
  },
});

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
  const roles = (body.messages as { role: string }[]).map(({ role }) => role);
  if (lacks.has('system_role') && roles.includes('system')) return objection('messages', 'System role not supported');
  if (lacks.has('bounds') && /"max(?:Length|Items)"/.test(JSON.stringify(body.response_format)))
    return objection('response_format', "In context=(), 'maxLength' is not permitted.");
  for (const name of ['stream_options', 'reasoning_effort', 'temperature'] as const)
    if (name in body && lacks.has(name)) return objection(name, `Unrecognized request argument supplied: ${name}`);
  return undefined;
}

const objection = (param: string, message: string): object => ({
  error: { message, type: 'invalid_request_error', param, code: 'unsupported_parameter' },
});

/** Of a server that ignores `stream`. */
function whole(response: ServerResponse, { model }: Body, inputTokens: number): Stream {
  let content = '';
  return {
    piece: (text) => {
      content += text;
    },
    thought: () => {},
    ping: () => {},
    end(_, tokens) {
      const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }];
      response.write(
        JSON.stringify({ id: 'c', object: 'chat.completion', model, choices, usage: usage(inputTokens, tokens) }),
      );
    },
  };
}

function stream(
  response: ServerResponse,
  { model, messages, stream_options }: Body,
  inputTokens: number,
  charactersPerToken: number,
): Stream {
  const send = (choices: readonly object[], more: object = {}): void => {
    const chunk = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1, model, choices };
    response.write(`data: ${JSON.stringify({ ...chunk, ...more })}\n\n`);
  };
  const delta = (content: object, finish_reason: string | null = null): void =>
    send([{ index: 0, delta: content, finish_reason }]);
  /** What the messages take, where no fixed number was set. */
  const counted = () => Math.ceil(JSON.stringify(messages).length / charactersPerToken);
  delta({ role: 'assistant', content: '' });
  return {
    piece: (content) => delta({ content }),
    thought: (reasoning_content) => delta({ reasoning_content }),
    ping: () => void response.write(': ping\n\n'),
    end(stop, tokens) {
      if (stop === 'refusal') delta({ refusal: 'I cannot help with that.' });
      delta({}, stop === 'max_tokens' ? 'length' : 'stop');
      if (stream_options !== undefined) send([], { usage: usage(inputTokens || counted(), tokens) });
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
const errorBody = (type: string, message: string, code?: string) => ({
  error: { message, type, param: null, code: code ?? (type === 'insufficient_quota' ? type : null) },
});
