import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Draft } from '../../src/core/sql/prompt/draft.ts';
import { type AnthropicServer, emptyDraft, type Plan } from './anthropic-server.ts';

/** What a compatible server does not know; it answers 400 as such servers do, or 404 for a whole endpoint. */
export type Lack =
  | 'json_schema'
  | 'json_object'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'stream_options'
  | 'reasoning_effort'
  | 'counting';

export type OpenAiServer = AnthropicServer & {
  /** May be changed between calls. */
  readonly lacks: Set<Lack>;
};

/** The question of a request, as our prompt carries it. */
const questionOf = (body: Record<string, unknown>): string => {
  const content = (body.messages as { role: string; content: string }[]).find(({ role }) => role === 'user')?.content;
  return (JSON.parse(content ?? '{}') as { question?: string }).question ?? '';
};

/**
 * A local server that speaks OpenAI's chat completions: streamed chunks, usage in the last one, errors with their
 * bodies, counting by the Responses API. `answer` plays the model.
 */
export async function startOpenAiServer(
  answer: (question: string, body: Record<string, unknown>) => Partial<Draft>,
): Promise<OpenAiServer> {
  const requests: OpenAiServer['requests'] = [];
  const plans: Plan[] = [];
  const lacks = new Set<Lack>();
  const state = { inputTokens: 1200 };
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await read(request)) || '{}') as Record<string, unknown>;
    const key = request.headers.authorization?.replace('Bearer ', '');
    if (request.url === '/v1/responses/input_tokens')
      return lacks.has('counting')
        ? json(response, 404, {
            error: { message: 'Not Found', type: 'invalid_request_error', param: null, code: null },
          })
        : json(response, 200, { object: 'response.input_tokens', input_tokens: state.inputTokens });
    if (request.url !== '/v1/chat/completions') return json(response, 404, errorBody('not_found_error', 'Not found'));
    const objection = objectionTo(body, lacks);
    if (objection) return json(response, 400, objection);
    requests.push({ body, key });
    if (key === 'wrong') return json(response, 401, errorBody('invalid_request_error', 'Incorrect API key provided'));
    const plan = plans.shift();
    if (plan?.kind === 'error') {
      if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
      return json(response, plan.status, errorBody(plan.type, plan.message));
    }
    const draft = (): string => JSON.stringify({ ...emptyDraft, ...answer(questionOf(body), body) });
    return stream(response, body, plan, draft, state.inputTokens);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    plans,
    lacks,
    get inputTokens() {
      return state.inputTokens;
    },
    set inputTokens(tokens) {
      state.inputTokens = tokens;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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

async function stream(
  response: ServerResponse,
  body: Record<string, unknown>,
  plan: Plan | undefined,
  draft: () => string,
  inputTokens: number,
): Promise<void> {
  const text = plan?.kind === 'text' ? plan.text : draft();
  const pieces = text.match(/[\s\S]{1,40}/g) ?? [];
  const sent = plan?.kind === 'max_tokens' ? pieces.slice(0, 1) : pieces;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_test' });
  const send = (choices: readonly object[], more: object = {}): void => {
    const chunk = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1, model: body.model, choices };
    response.write(`data: ${JSON.stringify({ ...chunk, ...more })}\n\n`);
  };
  const delta = (content: object, finish_reason: string | null = null): void =>
    send([{ index: 0, delta: content, finish_reason }]);
  delta({ role: 'assistant', content: '' });
  if (plan?.kind === 'refusal') delta({ refusal: 'I cannot help with that.' });
  else
    for (const piece of sent) {
      delta({ content: piece });
      if (plan?.kind === 'drip') await new Promise((resolve) => setTimeout(resolve, plan.ms));
      if (plan?.kind === 'cut') {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return void response.destroy();
      }
    }
  delta({}, plan?.kind === 'max_tokens' ? 'length' : 'stop');
  if (body.stream_options !== undefined) send([], { usage: usage(inputTokens, Math.ceil(text.length / 4)) });
  response.write('data: [DONE]\n\n');
  response.end();
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

function json(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_test' })
    .end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
