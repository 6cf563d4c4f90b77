import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Draft } from '../../src/core/sql/prompt/draft.ts';

/** What the server does with the next call. Without a plan it answers with the given draft function. */
export type Plan =
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly retryAfter?: number;
    }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'max_tokens' }
  /** One delta each `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** The connection breaks after the first delta. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'text'; readonly text: string };

export type AnthropicServer = {
  readonly url: string;
  /** Every body of `/v1/messages`, in order. */
  readonly requests: { readonly body: Record<string, unknown>; readonly key: string | undefined }[];
  /** Plans for the next calls, first in first out. */
  readonly plans: Plan[];
  /** Tokens reported as the prompt. */
  inputTokens: number;
  close(): Promise<void>;
};

/** The question of a request, as our prompt carries it. */
export const questionOf = (body: Record<string, unknown>): string => {
  const [message] = body.messages as { content: string }[];
  return (JSON.parse(message?.content ?? '{}') as { question?: string }).question ?? '';
};

/**
 * A local server that speaks Anthropic's Messages API: streaming events, usage, counting, errors with their bodies.
 * `answer` plays the model.
 */
export async function startAnthropicServer(
  answer: (question: string, body: Record<string, unknown>) => Partial<Draft>,
): Promise<AnthropicServer> {
  const requests: AnthropicServer['requests'] = [];
  const plans: Plan[] = [];
  const state = { inputTokens: 1200 };
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await read(request)) || '{}') as Record<string, unknown>;
    if (request.url?.startsWith('/v1/messages/count_tokens'))
      return json(response, 200, { input_tokens: state.inputTokens });
    if (!request.url?.startsWith('/v1/messages')) return json(response, 404, errorBody('not_found_error', 'Not found'));
    const key = request.headers.authorization?.replace('Bearer ', '');
    requests.push({ body, key });
    if (key === 'wrong') return json(response, 401, errorBody('authentication_error', 'invalid api key'));
    const plan = plans.shift();
    if (plan?.kind === 'error') {
      if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
      return json(response, plan.status, errorBody(plan.type, plan.message));
    }
    return stream(
      response,
      String(body.model),
      plan,
      () => JSON.stringify({ ...emptyDraft, ...answer(questionOf(body), body) }),
      state.inputTokens,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    plans,
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

/** A draft with nothing in it. */
export const emptyDraft: Draft = {
  kind: 'sql',
  sql: '',
  answer: '',
  assumptions: [],
  clarifying_question: '',
  options: [],
  chart: 'auto',
  memories_used: [],
};

async function stream(
  response: ServerResponse,
  model: string,
  plan: Plan | undefined,
  draft: () => string,
  inputTokens: number,
): Promise<void> {
  const text = plan?.kind === 'text' ? plan.text : plan?.kind === 'refusal' ? '' : draft();
  const pieces = text.match(/[\s\S]{1,40}/g) ?? [];
  const sent = plan?.kind === 'max_tokens' ? pieces.slice(0, 1) : pieces;
  const usage = {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: null,
    output_tokens: 1,
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test' });
  const send = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  send('message_start', {
    message: {
      id: 'msg_test',
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
    },
  });
  send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  send('ping', {});
  for (const piece of sent) {
    send('content_block_delta', { index: 0, delta: { type: 'text_delta', text: piece } });
    if (plan?.kind === 'drip') await new Promise((resolve) => setTimeout(resolve, plan.ms));
    if (plan?.kind === 'cut') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return void response.destroy();
    }
  }
  send('content_block_stop', { index: 0 });
  const stop = plan?.kind === 'refusal' ? 'refusal' : plan?.kind === 'max_tokens' ? 'max_tokens' : 'end_turn';
  send('message_delta', {
    delta: { stop_reason: stop, stop_sequence: null },
    usage: { output_tokens: Math.ceil(text.length / 4) },
  });
  send('message_stop', {});
  response.end();
}

const errorBody = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_test',
});

function json(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test' })
    .end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
