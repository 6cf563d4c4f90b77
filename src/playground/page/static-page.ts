import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import { loopbackOnly } from './loopback.ts';

/** `dist/playground-web`, relative to both `src/playground/page` and `dist/playground/page`. */
const folder = fileURLToPath(new URL('../../../dist/playground-web/', import.meta.url));

/** Loads everything from here only, and no inline script, so that data in messages cannot load or run anything. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built page at `/` and at the addresses of permalinks. */
export function createStaticPage(): Router {
  const router = express.Router();
  router.get(['/', '/archives/*path'], loopbackOnly, (_request, response) => {
    if (!existsSync(`${folder}index.html`)) {
      response.status(503).type('text').send('The page is not built yet: run `npm run build`.');
      return;
    }
    secure(response);
    response.set('Cache-Control', 'no-store').sendFile('index.html', { root: folder });
  });
  router.use(express.static(folder, { index: false, setHeaders: secure }));
  return router;
}

function secure(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
}
