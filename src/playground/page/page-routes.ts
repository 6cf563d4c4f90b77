import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../../core/base/logger.ts';
import { click, findOptions } from '../actions/click.ts';
import { command } from '../actions/command.ts';
import { say } from '../actions/say.ts';
import { openHome, shortcut, stopSession } from '../actions/shortcut.ts';
import { channelFor, personOf, type Stage } from '../actions/stage.ts';
import { closeView, submit } from '../actions/submit.ts';
import type {
  ClickAction,
  CloseView,
  FindOptions,
  MarkRead,
  OpenHome,
  Refusal,
  RunCommand,
  RunShortcut,
  SendMessage,
  StopSession,
  SubmitView,
  Welcome,
} from '../page-api.ts';
import { SlackError } from '../workspace.ts';
import type { LiveEvents } from './live-events.ts';
import { loopbackOnly } from './loopback.ts';
import { bootstrap, messagePage, threadPage } from './page-reads.ts';
import { forPage } from './present.ts';

const as = z.string();
const id = z.string();
const loose = z.record(z.string(), z.unknown());
const place = z.union([z.strictObject({ channel: id, message_ts: id }), z.strictObject({ view_id: id })]);
const state = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })));

/** The bodies of POST requests, as in page-api.ts. */
const bodies = {
  message: z.object({ as, channel: id, text: z.string(), thread_ts: id.optional() }),
  command: z.object({ as, channel: id, text: z.string() }),
  action: z.object({ as, place, block_id: id, action_id: id, action: loose.optional(), state: state.optional() }),
  options: z.object({ as, place, block_id: id, action_id: id, value: z.string() }),
  submit: z.object({ as, view_id: id, state }),
  close: z.object({ as, view_id: id, all: z.boolean().optional() }),
  home: z.object({ as, tab: z.enum(['home', 'messages']) }),
  shortcut: z.object({ as, callback_id: id, message: z.object({ channel: id, ts: id }).optional() }),
  stop: z.object({ as, channel: id, thread_ts: id }),
  read: z.object({ as, channel: id, ts: z.string().regex(/^\d+(\.\d+)?$/) }),
};

type Parts = {
  readonly stage: Stage;
  readonly liveEvents: LiveEvents;
  readonly welcome: () => Promise<Welcome>;
  readonly logger: Logger;
};

/** The page's own endpoints, below /playground. The table is in page-api.ts. */
export function createPageRoutes({ stage, liveEvents, welcome, logger }: Parts): Router {
  const router = express.Router();
  router.use(loopbackOnly, express.json({ limit: '1mb' }));
  router.get('/bootstrap', async (request, response) => {
    const person = String(request.query.as ?? stage.workspace.cast.people[0]?.id);
    response.json(forPage(bootstrap(stage, person, await welcome()), person));
  });
  router.get('/messages', (request, response) => {
    response.json(forPage(messagePage(stage, request), String(request.query.as)));
  });
  router.get('/thread', (request, response) => {
    response.json(forPage(threadPage(stage, request), String(request.query.as)));
  });
  router.get('/events', (request, response) => liveEvents.handle(request, response));
  for (const [path, handler] of Object.entries(posts(stage))) router.post(path, handler);
  router.use(describeErrors(logger));
  return router;
}

/** The actions of people, by path. */
const posts = (stage: Stage): Readonly<Record<string, RequestHandler>> => ({
  '/message': post(bodies.message, (body: SendMessage) => say(stage, body)),
  '/command': post(bodies.command, (body: RunCommand) => command(stage, body)),
  '/action': post(bodies.action, (body: ClickAction) => click(stage, body)),
  '/options': post(bodies.options, (body: FindOptions) => findOptions(stage, body)),
  '/view/submit': post(bodies.submit, (body: SubmitView) => submit(stage, body)),
  '/view/close': post(bodies.close, (body: CloseView) => closeView(stage, body)),
  '/home': post(bodies.home, (body: OpenHome) => openHome(stage, body)),
  '/shortcut': post(bodies.shortcut, (body: RunShortcut) => shortcut(stage, body)),
  '/stop': post(bodies.stop, (body: StopSession) => stopSession(stage, body)),
  '/read': post(bodies.read, (body: MarkRead) => markRead(stage, body)),
});

function markRead(stage: Stage, body: MarkRead): void {
  const person = personOf(stage, body.as);
  stage.reads.mark(person.id, channelFor(stage, person, body.channel).id, body.ts);
}

/** Checks the body, runs the action, answers `Done`. */
function post<T>(schema: z.ZodType, act: (body: T) => unknown): RequestHandler {
  return async (request, response) => {
    const parsed = schema.safeParse(request.body);
    if (!parsed.success) throw new SlackError('invalid_arguments', [z.prettifyError(parsed.error)]);
    const result = await act(parsed.data as T);
    response.json({ ok: true, ...(typeof result === 'object' ? result : {}) });
  };
}

/** Messages for people; other codes are shown as they are. */
const explanations: Readonly<Record<string, string>> = {
  operation_timeout: 'The app did not respond in time.',
  unknown_command: 'This is not a command here. Type / to see those there are.',
  action_not_found: 'This button is no longer part of the message.',
  msg_too_long: 'This message is too long for Slack.',
  no_text: 'Write something first.',
  view_not_found: 'This dialog is no longer open.',
};

function describeErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const code = codeOf(error);
    if (code === 'internal_error') logger.error('A request of the playground page failed.', { error });
    const details = error instanceof SlackError ? error.messages.join(' ') : '';
    const refusal: Refusal = { ok: false, error: code, message: explanations[code] ?? (details || code) };
    response.status(statusOf(code)).json(refusal);
  };
}

/** Express's body parser reports a bad body by a 4xx status. */
function codeOf(error: unknown): string {
  if (error instanceof SlackError) return error.code;
  const status = Number((error as { status?: unknown } | null)?.status ?? 500);
  return status >= 400 && status < 500 ? 'invalid_json' : 'internal_error';
}

function statusOf(code: string): number {
  if (code === 'internal_error') return 500;
  return code.endsWith('_not_found') ? 404 : 400;
}
