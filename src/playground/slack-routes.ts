import express, { type RequestHandler, type Router } from 'express';
import { respond } from './actions/respond.ts';
import { loopbackOnly } from './page/loopback.ts';
import type { StoredFile } from './state/files.ts';
import { rawBody, readArguments } from './web-api/arguments.ts';
import { SlackError, type Workspace } from './workspace.ts';

/** Largest upload. Bytes. */
const maxUpload = '100mb';

type Parts = { readonly workspace: Workspace; readonly webApi: RequestHandler; readonly botToken: string };

/** The endpoints for the app, below /slack: Web API, response_url, files. */
export function createSlackRoutes({ workspace, webApi, botToken }: Parts): Router {
  const router = express.Router();
  router.use(loopbackOnly);
  router.all('/api/:method', express.raw({ type: () => true, limit: '10mb' }), webApi);
  router.post('/response/:id', express.raw({ type: () => true, limit: '1mb' }), receiveResponse(workspace));
  router.post('/files/upload/:ticket', express.raw({ type: () => true, limit: maxUpload }), receiveFile(workspace));
  router.get(['/files/:id', '/files/:id/:name'], sendFile(workspace, botToken));
  return router;
}

/** POST to a response_url. */
function receiveResponse(workspace: Workspace): RequestHandler {
  return async (request, response) => {
    const target = workspace.tickets.spendResponse(String(request.params.id));
    if (typeof target === 'string') {
      response.status(404).json({ ok: false, error: `${target}_url` });
      return;
    }
    try {
      respond(workspace, target, await readArguments(rawBody(request), request.headers['content-type']));
      response.json({ ok: true });
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      response.status(400).json({ ok: false, error: error.code, response_metadata: { messages: error.messages } });
    }
  };
}

/** Accepts the bytes raw, or as the only file of a form, as web clients send them. */
function receiveFile(workspace: Workspace): RequestHandler {
  return async (request, response) => {
    const content = await fileOf(rawBody(request), request.headers['content-type']);
    const received = content !== undefined && workspace.files.receive(String(request.params.ticket), content);
    if (received) response.type('text').send(`OK - ${content.byteLength}`);
    else response.status(400).type('text').send('invalid_upload');
  };
}

async function fileOf(body: Buffer, contentType: string | undefined): Promise<Buffer | undefined> {
  if (contentType?.startsWith('multipart/form-data') !== true) return body;
  const fields = await readArguments(body, contentType).catch(() => ({}));
  return Object.values(fields).find((value) => Buffer.isBuffer(value));
}

/**
 * Sends a file to the app by its token, or to a person who sees a place where it was shared. Always as an attachment.
 */
function sendFile(workspace: Workspace, botToken: string): RequestHandler {
  return (request, response) => {
    const stored = workspace.files.find(String(request.params.id));
    const isApp = request.headers.authorization === `Bearer ${botToken}`;
    if (stored === undefined || !(isApp || isSharedWith(workspace, stored, String(request.query.as)))) {
      response.status(404).json({ ok: false, error: 'file_not_found' });
      return;
    }
    response.set('X-Content-Type-Options', 'nosniff');
    response.set('Content-Security-Policy', "default-src 'none'; sandbox");
    response.attachment(stored.file.name);
    response.set('Content-Type', stored.file.mimetype);
    response.send(Buffer.from(stored.content));
  };
}

function isSharedWith({ cast }: Workspace, { sharedTo }: StoredFile, person: string): boolean {
  return sharedTo.some((place) => {
    const [channel = '', only] = place.split(':');
    return only === undefined ? cast.audience(channel).includes(person) : only === person;
  });
}
