import type { ServerResponse } from 'node:http';
import type { Draft } from '../../src/core/answers/prompt/draft.ts';
import { bodyOf, startHttpServer } from './http-server.ts';

/** What the server does with the next call. Without a plan it answers with the given draft function. */
export type Plan =
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly type: string;
      readonly message: string;
      /** The vendor's stable code of the cause. */
      readonly code?: string;
      readonly retryAfter?: number | string;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'max_tokens' }
  /** One delta each `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** Begins and goes on until the caller leaves. */
  | { readonly kind: 'endless' }
  /** The connection breaks after the first delta. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'text'; readonly text: string }
  /** Neither status nor headers. */
  | { readonly kind: 'hang' }
  /** The stream is open, and only pings come. */
  | { readonly kind: 'silence' }
  /** The first delta, then only pings. */
  | { readonly kind: 'stall' }
  /** Thoughts, then this text; without a text the limit ends it while it thinks. */
  | { readonly kind: 'thoughts'; readonly text?: string }
  /** This text, then a piece over and over until the connection is closed. */
  | { readonly kind: 'loop'; readonly text: string; readonly piece: string }
  /** A web page of a proxy. */
  | { readonly kind: 'html'; readonly status: number };

export type ModelServer = {
  readonly url: string;
  /** Every call of the model, in order. */
  readonly requests: { readonly body: Body; readonly key: string | undefined }[];
  /** Plans for the next calls, first in first out. */
  readonly plans: Plan[];
  /** Tokens reported as the prompt. */
  inputTokens: number;
  /** Calls whose connection is open now: a call that was ended frees its place. */
  readonly open: number;
  close(): Promise<void>;
};

export type Body = Record<string, unknown>;
/** Plays the model. */
export type Play = (question: string, body: Body) => Partial<Draft>;
type Said = readonly [status: number, body: object];

/** How a vendor speaks. */
export type Vendor = {
  /** The answer to what is no call of the model, or one that is not taken. */
  readonly aside: (path: string, body: Body, inputTokens: number) => Said | undefined;
  readonly errorBody: (type: string, message: string, code?: string) => object;
  /** What it says of the key `wrong`. */
  readonly wrongKey: object;
  /** The prompt, as ours carries it. */
  readonly promptOf: (body: Body) => string | undefined;
  /** Opens the stream; what is given back writes the answer, piece by piece, and its end. */
  readonly stream: (response: ServerResponse, body: Body, inputTokens: number) => Stream;
  readonly contentType?: () => string;
};

export type Stream = {
  readonly piece: (text: string) => void;
  readonly thought: (text: string) => void;
  readonly ping: () => void;
  readonly end: (stop: 'refusal' | 'max_tokens' | 'usual', tokens: number) => void;
};

/** A local server that speaks as the vendor does: streaming, usage, counting, errors with their bodies. */
export async function startModelServer(vendor: Vendor, play: Play): Promise<ModelServer> {
  const requests: ModelServer['requests'] = [];
  const plans: Plan[] = [];
  const state = { inputTokens: 1200 };
  const open = new Set<ServerResponse>();
  const { url, close } = await startHttpServer(async (request, response) => {
    const body = JSON.parse((await bodyOf(request)) || '{}') as Body;
    const key = request.headers.authorization?.replace('Bearer ', '') ?? String(request.headers['x-api-key'] ?? '');
    const aside = vendor.aside(request.url ?? '', body, state.inputTokens);
    if (aside) return json(response, aside);
    requests.push({ body, key });
    open.add(response);
    response.on('close', () => open.delete(response));
    if (key === 'wrong') return json(response, [401, vendor.wrongKey]);
    const plan = plans.shift();
    if (plan?.kind === 'hang') return;
    if (plan?.kind === 'html') return page(response, plan.status);
    if (plan?.kind === 'error') {
      if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
      if (plan.retryAfterMs !== undefined) response.setHeader('retry-after-ms', String(plan.retryAfterMs));
      return json(response, [plan.status, vendor.errorBody(plan.type, plan.message, plan.code)]);
    }
    const { question = '' } = questionIn(vendor.promptOf(body));
    const draft = () => JSON.stringify({ ...emptyDraft, ...play(question, body) });
    response.writeHead(200, { ...named, 'content-type': vendor.contentType?.() ?? 'text/event-stream' });
    await write(response, vendor.stream(response, body, state.inputTokens), plan, draft);
  });
  return {
    url,
    requests,
    plans,
    get inputTokens() {
      return state.inputTokens;
    },
    set inputTokens(tokens) {
      state.inputTokens = tokens;
    },
    get open() {
      return open.size;
    },
    close,
  };
}

/** A server without a system role gets the rules before the JSON. */
function questionIn(prompt = '{}'): { readonly question?: string } {
  return JSON.parse(prompt.startsWith('{') ? prompt : prompt.slice(prompt.lastIndexOf('\n\n{') + 2));
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

/** Both vendors name their calls, each by a header of its own. */
const named = { 'request-id': 'req_test', 'x-request-id': 'req_test' };
const pingMs = 20;

async function write(response: ServerResponse, stream: Stream, plan: Plan | undefined, draft: () => string) {
  if (plan?.kind === 'silence') return pingUntilClosed(response, stream);
  if (plan?.kind === 'thoughts') {
    for (let at = 0; at < 4; at += 1) stream.thought('Let me see which table has it. ');
    if (plan.text === undefined) {
      stream.end('max_tokens', 500);
      return void response.end();
    }
  }
  const text = textOf(plan, draft);
  const pieces = text.match(/[\s\S]{1,40}/g) ?? [];
  for (const piece of plan?.kind === 'max_tokens' || plan?.kind === 'stall' ? pieces.slice(0, 1) : pieces) {
    stream.piece(piece);
    if (plan?.kind === 'endless') return;
    if (plan?.kind === 'drip') await pause(plan.ms);
    if (plan?.kind !== 'cut') continue;
    await pause(20);
    return void response.destroy();
  }
  if (plan?.kind === 'stall') return pingUntilClosed(response, stream);
  if (plan?.kind === 'loop') return repeat(response, stream, plan.piece);
  stream.end(plan?.kind === 'refusal' || plan?.kind === 'max_tokens' ? plan.kind : 'usual', Math.ceil(text.length / 4));
  response.end();
}

function textOf(plan: Plan | undefined, draft: () => string): string {
  if (plan?.kind === 'refusal') return '';
  return plan !== undefined && 'text' in plan ? (plan.text ?? '') : draft();
}

async function pingUntilClosed(response: ServerResponse, stream: Stream): Promise<void> {
  while (!response.destroyed) {
    stream.ping();
    await pause(pingMs);
  }
}

/** Counts where the piece has a `#`. */
async function repeat(response: ServerResponse, stream: Stream, piece: string): Promise<void> {
  for (let at = 1; !response.destroyed && at < 5000; at += 1) {
    stream.piece(piece.replaceAll('#', String(at)));
    if (at % 20 === 0) await pause(1);
  }
  response.end();
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function json(response: ServerResponse, [status, body]: Said): void {
  response.writeHead(status, { ...named, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function page(response: ServerResponse, status: number): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end('<!DOCTYPE html><html><body><h1>Sign in to the corporate proxy</h1></body></html>');
}
