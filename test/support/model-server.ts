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
      readonly retryAfter?: number;
    }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'max_tokens' }
  /** One delta each `ms`. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** Begins and goes on until the caller leaves. */
  | { readonly kind: 'endless' }
  /** The connection breaks after the first delta. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'text'; readonly text: string };

export type ModelServer = {
  readonly url: string;
  /** Every call of the model, in order. */
  readonly requests: { readonly body: Body; readonly key: string | undefined }[];
  /** Plans for the next calls, first in first out. */
  readonly plans: Plan[];
  /** Tokens reported as the prompt. */
  inputTokens: number;
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
  readonly errorBody: (type: string, message: string) => object;
  /** What it says of the key `wrong`. */
  readonly wrongKey: object;
  /** The prompt, as ours carries it. */
  readonly promptOf: (body: Body) => string | undefined;
  /** Opens the stream; what is given back writes the answer, piece by piece, and its end. */
  readonly stream: (response: ServerResponse, body: Body, inputTokens: number) => Stream;
};

export type Stream = {
  readonly piece: (text: string) => void;
  readonly end: (stop: 'refusal' | 'max_tokens' | 'usual', tokens: number) => void;
};

/** A local server that speaks as the vendor does: streaming, usage, counting, errors with their bodies. */
export async function startModelServer(vendor: Vendor, play: Play): Promise<ModelServer> {
  const requests: ModelServer['requests'] = [];
  const plans: Plan[] = [];
  const state = { inputTokens: 1200 };
  const { url, close } = await startHttpServer(async (request, response) => {
    const body = JSON.parse((await bodyOf(request)) || '{}') as Body;
    const aside = vendor.aside(request.url ?? '', body, state.inputTokens);
    if (aside) return json(response, aside);
    const key = request.headers.authorization?.replace('Bearer ', '');
    requests.push({ body, key });
    if (key === 'wrong') return json(response, [401, vendor.wrongKey]);
    const plan = plans.shift();
    if (plan?.kind === 'error') {
      if (plan.retryAfter !== undefined) response.setHeader('retry-after', String(plan.retryAfter));
      return json(response, [plan.status, vendor.errorBody(plan.type, plan.message)]);
    }
    const { question = '' } = JSON.parse(vendor.promptOf(body) ?? '{}') as { question?: string };
    const draft = () => JSON.stringify({ ...emptyDraft, ...play(question, body) });
    response.writeHead(200, { ...named, 'content-type': 'text/event-stream' });
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
    close,
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

/** Both vendors name their calls, each by a header of its own. */
const named = { 'request-id': 'req_test', 'x-request-id': 'req_test' };

async function write(response: ServerResponse, stream: Stream, plan: Plan | undefined, draft: () => string) {
  const text = plan?.kind === 'text' ? plan.text : plan?.kind === 'refusal' ? '' : draft();
  const pieces = text.match(/[\s\S]{1,40}/g) ?? [];
  for (const piece of plan?.kind === 'max_tokens' ? pieces.slice(0, 1) : pieces) {
    stream.piece(piece);
    if (plan?.kind === 'endless') return;
    if (plan?.kind === 'drip') await pause(plan.ms);
    if (plan?.kind !== 'cut') continue;
    await pause(20);
    return void response.destroy();
  }
  stream.end(plan?.kind === 'refusal' || plan?.kind === 'max_tokens' ? plan.kind : 'usual', Math.ceil(text.length / 4));
  response.end();
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function json(response: ServerResponse, [status, body]: Said): void {
  response.writeHead(status, { ...named, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
