import type {
  Bootstrap,
  ClickAction,
  Done,
  ElementPlace,
  FoundOptions,
  MessagePage,
  Refusal,
  Sent,
  StateValues,
  SubmitResult,
  ThreadPage,
} from '../../page-api.ts';

/** The server refused, or could not be reached. `message` can be shown to people. */
export class RequestFailed extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Params = Readonly<Record<string, string | undefined>>;
type Body = Readonly<Record<string, unknown>>;

/** Reads the workspace as `as` sees it. Without `as` the server chooses the first person. */
export async function fetchBootstrap(as: string | undefined): Promise<Bootstrap> {
  return get('bootstrap', { as });
}

/** The endpoints of `page-api.ts` for one person. Every call may throw `RequestFailed`. */
export function createPlaygroundClient(as: string) {
  const send = <T extends object>(path: string, body: Body) => post<T>(path, { ...body, as });
  return {
    messages: (channel: string, before?: string): Promise<MessagePage> => get('messages', { as, channel, before }),
    thread: (channel: string, ts: string): Promise<ThreadPage> => get('thread', { as, channel, ts }),
    message: (channel: string, text: string, thread_ts?: string) =>
      send<Sent>('message', { channel, text, ...(thread_ts ? { thread_ts } : {}) }),
    command: (channel: string, text: string) => send('command', { channel, text }),
    action: (action: Omit<ClickAction, 'as'>) => send('action', action),
    options: (place: ElementPlace, block_id: string, action_id: string, value: string) =>
      send<FoundOptions>('options', { place, block_id, action_id, value }),
    submit: (view_id: string, state: StateValues) => send<SubmitResult>('view/submit', { view_id, state }),
    close: (view_id: string, all: boolean) => send('view/close', { view_id, all }),
    home: (tab: 'home' | 'messages') => send('home', { tab }),
    shortcut: (callback_id: string, message?: { channel: string; ts: string }) =>
      send('shortcut', { callback_id, ...(message ? { message } : {}) }),
    stop: (channel: string, thread_ts: string) => send('stop', { channel, thread_ts }),
    read: (channel: string, ts: string) => send('read', { channel, ts }),
  };
}

/** See `createPlaygroundClient`. */
export type PlaygroundClient = ReturnType<typeof createPlaygroundClient>;

/** Adds the acting person to a URL of this server, which file downloads need. Other URLs stay unchanged. */
export function asPerson(url: string, as: string): string {
  const target = new URL(url, window.location.origin);
  if (target.origin !== window.location.origin || target.protocol === 'data:') return url;
  target.searchParams.set('as', as);
  return target.pathname + target.search;
}

async function get<T>(path: string, params: Params): Promise<T> {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return request<T>(`/playground/${path}?${new URLSearchParams(given)}`, {});
}

function post<T extends object>(path: string, body: Body): Promise<Done<T>> {
  const headers = { 'content-type': 'application/json' };
  return request<Done<T>>(`/playground/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch(() => undefined);
  if (!response)
    throw new RequestFailed('unreachable', 'The playground does not answer. Is `npm start` still running?');
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as T;
  const refusal = body as Partial<Refusal> | undefined;
  throw new RequestFailed(refusal?.error ?? `http_${response.status}`, refusal?.message ?? response.statusText);
}
