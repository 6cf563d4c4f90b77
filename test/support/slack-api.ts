import { bodyOf, startHttpServer } from './http-server.ts';

export type ApiCall = { readonly method: string; readonly args: Readonly<Record<string, unknown>> };

/** What the test wants Slack to say; `drop` cuts the connection after the call was recorded. Undefined: the usual. */
export type Answer = Readonly<Record<string, unknown>> | 'drop' | undefined;

export type SlackApi = {
  readonly url: string;
  readonly calls: ApiCall[];
  /** The arguments of every call of one method. */
  of(method: string): readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
};

/** Web API methods take forms whose nested values are JSON; a response_url takes JSON; an upload takes bytes. */
function argsOf(method: string, text: string): Record<string, unknown> {
  if (method.startsWith('upload')) return { text };
  if (method === 'response') return JSON.parse(text) as Record<string, unknown>;
  const nested = (value: string): unknown => (/^[[{]|^(true|false)$/.test(value) ? JSON.parse(value) : value);
  return Object.fromEntries([...new URLSearchParams(text)].map(([key, value]) => [key, nested(value)]));
}

/** A Web API over HTTP that records what it is called with and answers as told: for tests of one caller. */
export async function startSlackApi(
  answer: (call: ApiCall, url: string) => Answer | Promise<Answer>,
): Promise<SlackApi> {
  const calls: ApiCall[] = [];
  let ts = 100;
  const server = await startHttpServer(async (request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    const text = await bodyOf(request);
    const call = { method, args: argsOf(method, text) };
    calls.push(call);
    const said = await answer(call, url);
    if (said === 'drop') return void request.socket.destroy();
    ts += 1;
    const usual = {
      ok: true,
      ts: `${ts}.000000`,
      channel: { id: 'D9' },
      file_id: 'F1',
      upload_url: `${url}upload`,
      files: [{ id: 'F1' }],
    };
    response.setHeader('content-type', 'application/json');
    if (said?.retry_after !== undefined) {
      response.statusCode = 429;
      response.setHeader('retry-after', String(said.retry_after));
    }
    response.end(JSON.stringify({ ...usual, ...said }));
  });
  const url = `${server.url}/api/`;
  return {
    url,
    calls,
    of: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    close: server.close,
  };
}
