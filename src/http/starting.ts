import type { IncomingMessage, ServerResponse } from 'node:http';

const json = { 'content-type': 'application/json; charset=utf-8' };
const message = 'Memori is starting. Try again in a second.';

/** A page that reloads itself without a script, so that the strictest content security policy holds. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="1">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>Memori is starting</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 30rem; text-align: center }</style>
<h1>Memori is starting</h1>
<p>It reads the data sources and loads the embedding model. This page reloads itself until it is ready.</p>
<p lang="zh">Memori 正在启动，准备好后本页会自动刷新。</p>
</html>
`;

/**
 * What the port answers before the product is ready: 503 with `Retry-After`, as a page for browsers and as JSON for
 * programs. `/health` already has its final shape, and `/live` already says that the process runs.
 */
export function answerStarting(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/live') return void response.writeHead(200, json).end(JSON.stringify({ status: 'live' }));
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  const body = request.url?.startsWith('/health') ? { status: 'starting' } : { ok: false, error: 'starting', message };
  response
    .writeHead(503, {
      ...(isPage ? { 'content-type': 'text/html; charset=utf-8' } : json),
      'cache-control': 'no-store',
      'retry-after': '1',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    })
    .end(isPage ? page : JSON.stringify(body));
}

/**
 * Calls to the playground's Slack pass while the product starts, because Bolt introduces itself there. Events of a real
 * Slack do not; it sends them again.
 */
export const isForSlack = ({ url = '' }: IncomingMessage): boolean =>
  url.startsWith('/slack/') && !url.startsWith('/slack/events');
