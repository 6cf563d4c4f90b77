import type { ServerResponse } from 'node:http';
import { type Body, type ModelServer, type Play, type Stream, startModelServer } from './model-server.ts';

/** What a model of the fake takes; the real ones differ in these. */
export type ClaudeFake = {
  readonly effort: boolean;
  readonly thinking: readonly ('between_tools' | 'disabled' | 'adaptive' | 'enabled')[];
  readonly lifecycle?: 'active' | 'deprecated' | 'retired';
  readonly retires?: string;
};

const fakes: Readonly<Record<string, ClaudeFake>> = {
  'claude-haiku-5-5': { effort: true, thinking: ['disabled', 'adaptive'] },
  'claude-sonnet-5-5': { effort: true, thinking: ['between_tools', 'adaptive'] },
  'claude-opus-5-5': { effort: true, thinking: ['adaptive'] },
  'claude-sonnet-4-5-20250929': {
    effort: false,
    thinking: ['disabled', 'enabled'],
    lifecycle: 'deprecated',
    retires: '2026-11-30T00:00:00Z',
  },
};

export type AnthropicServer = ModelServer & {
  /** Models by id; may be changed. */
  readonly models: Map<string, ClaudeFake>;
  /** What a gateway in between does not have. */
  readonly lacks: Set<'counting' | 'models'>;
};

/** Top-level parameters that the Messages API takes, as far as we could ever send them. */
const parameters = ['model', 'system', 'messages', 'stream', 'max_tokens', 'thinking', 'output_config'];

/** A local server that speaks Anthropic's Messages and Models API, strict about what each model takes. */
export async function startAnthropicServer(play: Play): Promise<AnthropicServer> {
  const models = new Map(Object.entries(fakes));
  const lacks = new Set<'counting' | 'models'>();
  const server = await startModelServer(
    {
      aside(path, body, inputTokens) {
        const id = /^\/v1\/models\/([^?]+)/.exec(path)?.[1];
        if (id !== undefined && !lacks.has('models')) return modelInfo(id, models.get(id));
        if (path.startsWith('/v1/messages/count_tokens'))
          return lacks.has('counting') ? [404, { detail: 'Not Found' }] : [200, { input_tokens: inputTokens }];
        if (!path.startsWith('/v1/messages')) return [404, { detail: 'Not Found' }];
        const objection = objectionTo(body, models);
        return objection && [objection.status, errorBody(objection.type, objection.message)];
      },
      errorBody,
      wrongKey: errorBody('authentication_error', 'invalid api key'),
      promptOf: ({ messages }) => (messages as { content: string }[])[0]?.content,
      stream,
    },
    play,
  );
  return Object.defineProperties(server, { models: { value: models }, lacks: { value: lacks } }) as AnthropicServer;
}

type Objection = { readonly status: number; readonly type: string; readonly message: string };

function objectionTo(body: Body, models: ReadonlyMap<string, ClaudeFake>): Objection | undefined {
  const model = models.get(String(body.model));
  const bad = (message: string): Objection => ({ status: 400, type: 'invalid_request_error', message });
  if (model === undefined || model.lifecycle === 'retired')
    return { status: 404, type: 'not_found_error', message: `model: ${body.model}` };
  const extra = Object.keys(body).find((name) => !parameters.includes(name));
  if (extra !== undefined) return bad(`${extra}: Extra inputs are not permitted`);
  const { effort } = (body.output_config ?? {}) as { effort?: string };
  if (effort !== undefined && !model.effort) return bad('This model does not support the effort parameter.');
  const { type } = (body.thinking ?? {}) as { type?: never };
  if (type !== undefined && !model.thinking.includes(type))
    return bad(`thinking.type: '${type}' is not supported on this model.`);
  return undefined;
}

function modelInfo(id: string, model: ClaudeFake | undefined): readonly [number, object] {
  if (model === undefined) return [404, errorBody('not_found_error', `model: ${id}`)];
  const can = (supported: boolean) => ({ supported });
  const types = Object.fromEntries(
    (['adaptive', 'between_tools', 'disabled', 'enabled'] as const).map((type) => [
      type,
      can(model.thinking.includes(type)),
    ]),
  );
  const lifecycle = model.lifecycle ?? 'active';
  return [
    200,
    {
      type: 'model',
      id,
      display_name: id,
      created_at: '2026-01-01T00:00:00Z',
      deprecated_at: null,
      lifecycle,
      line: null,
      max_input_tokens: 200_000,
      max_tokens: 64_000,
      retires_at: model.retires ?? null,
      capabilities: { effort: can(model.effort), thinking: { supported: true, types } },
    },
  ];
}

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
  send('ping', {});
  let index = -1;
  let kind: 'text' | 'thinking' | undefined;
  const block = (next: 'text' | 'thinking'): void => {
    if (kind === next) return;
    if (kind !== undefined) send('content_block_stop', { index });
    kind = next;
    index += 1;
    const content_block =
      next === 'text' ? { type: 'text', text: '' } : { type: 'thinking', thinking: '', signature: '' };
    send('content_block_start', { index, content_block });
  };
  return {
    piece(text) {
      block('text');
      send('content_block_delta', { index, delta: { type: 'text_delta', text } });
    },
    thought(thinking) {
      block('thinking');
      send('content_block_delta', { index, delta: { type: 'thinking_delta', thinking } });
    },
    ping: () => send('ping', {}),
    end(stop, output_tokens) {
      if (kind !== undefined) send('content_block_stop', { index });
      const stop_reason = stop === 'usual' ? 'end_turn' : stop;
      send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } });
      send('message_stop', {});
    },
  };
}

const errorBody = (type: string, message: string, code?: string) => ({
  type: 'error',
  error: { type, message, ...(code ? { details: { error_code: code } } : {}) },
  request_id: 'req_test',
});
