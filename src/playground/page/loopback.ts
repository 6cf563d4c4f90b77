import type { RequestHandler } from 'express';

const names: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Accepts this machine's own pages only: a foreign `Host` is DNS rebinding, and a foreign `Origin` on a write is
 * another site's script. Programs send no `Origin`.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  const host = request.headers.host ?? '';
  if (!names.has(host.replace(/:\d+$/, ''))) {
    response.status(403).json({ ok: false, error: 'forbidden_host', message: 'Open the playground as localhost.' });
    return;
  }
  const { origin } = request.headers;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && origin !== undefined && hostOf(origin) !== host) {
    response.status(403).json({ ok: false, error: 'forbidden_origin', message: 'Another site may not write here.' });
    return;
  }
  next();
};

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
