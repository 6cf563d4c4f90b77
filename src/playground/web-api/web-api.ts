import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../../core/base/logger.ts';
import { SlackError } from '../workspace.ts';
import { type Arguments, rawBody, readArguments } from './arguments.ts';
import { chatMethods } from './chat.ts';
import { chatStreamMethods } from './chat-stream.ts';
import { conversationMethods } from './conversations.ts';
import type { FaultQueue, InjectedFault } from './faults.ts';
import { fileMethods } from './files.ts';
import type { Answer, Call, Methods } from './method.ts';
import { reactionMethods } from './reactions.ts';
import { sessionMethods } from './sessions.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

const methods: Methods = {
  ...userMethods,
  ...chatMethods,
  ...chatStreamMethods,
  ...sessionMethods,
  ...conversationMethods,
  ...viewMethods,
  ...fileMethods,
  ...reactionMethods,
};

/** One call, for tests. `args` are parsed, without the token. */
export type LoggedCall = {
  readonly method: string;
  readonly args: Arguments;
  /** What was answered; undefined when the connection was cut. */
  readonly response: Readonly<Record<string, unknown>> | undefined;
  readonly at: Date;
};

/** How many calls the log keeps. */
const logged = 2_000;

type Parts = {
  readonly call: Omit<Call, 'args' | 'baseUrl'>;
  readonly baseUrl: () => string;
  readonly botToken: string;
  readonly faults: FaultQueue;
  readonly log: LoggedCall[];
  readonly logger: Logger;
};

/** Serves POST and, like Slack, GET of `/slack/api/:method`. Needs the raw body. */
export function createWebApi({ call, baseUrl, botToken, faults, log, logger }: Parts): RequestHandler {
  function record(method: string, args: Arguments, response: Answer | undefined): void {
    log.push({ method, args, response, at: call.clock.now() });
    if (log.length > logged) log.shift();
  }

  /** The answer to a call that reaches its method. */
  function run(method: string, args: Arguments, token: string | undefined): Answer {
    try {
      if (method !== 'api.test') authorise(token, botToken);
      const answer = methodOf(method)({ ...call, args, baseUrl: baseUrl() });
      return { ok: true, ...answer };
    } catch (error) {
      return refusal(error, method, logger);
    }
  }

  return async (request, response) => {
    const method = String(request.params.method);
    const { args, token, error } = await readCall(request);
    const fault = faults.next(method);
    if (fault?.kind === 'delay') await pause(fault.ms);
    const before = fault !== undefined && fault.kind !== 'delay' && !(fault.kind === 'drop' && fault.after);
    if (before) {
      record(method, args, fail(fault, request, response));
      return;
    }
    const answer = error ?? run(method, args, token);
    record(method, args, fault?.kind === 'drop' ? undefined : answer);
    if (fault?.kind === 'drop') request.socket.destroy();
    else response.json(answer);
  };
}

async function readCall(request: Request) {
  try {
    const given = await readArguments(rawBody(request), request.headers['content-type']);
    const { token, ...args } = { ...request.query, ...given };
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return {
      args: parseJsonValues(args),
      token: bearer ?? (typeof token === 'string' ? token : undefined),
      error: undefined,
    };
  } catch (cause) {
    const error = cause instanceof SlackError ? cause.code : 'internal_error';
    return { args: {}, token: undefined, error: { ok: false, error } };
  }
}

/** Parses form values that hold JSON, so that tests can read the log. */
function parseJsonValues(args: Arguments): Arguments {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value) || plainTexts.has(name)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** Arguments that are texts even when they look like JSON. */
const plainTexts: ReadonlySet<string> = new Set(['text', 'markdown_text', 'status', 'title', 'initial_comment']);

function authorise(token: string | undefined, botToken: string): void {
  if (token === undefined) throw new SlackError('not_authed');
  if (token !== botToken) throw new SlackError('invalid_auth');
}

function methodOf(name: string) {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) throw new SlackError('unknown_method');
  return method;
}

function refusal(error: unknown, method: string, logger: Logger): Answer {
  if (!(error instanceof SlackError)) {
    logger.error('The local Web API failed.', { method, error });
    return { ok: false, error: 'internal_error' };
  }
  if (error.messages.length === 0) return { ok: false, error: error.code };
  const errors = error.messages.map((message) => message.replace(/^\[ERROR\] /, ''));
  return { ok: false, error: error.code, errors, response_metadata: { messages: error.messages } };
}

/** Answers with a fault; returns what was answered. */
function fail(
  fault: Exclude<InjectedFault, { kind: 'delay' }>,
  request: Request,
  response: Response,
): Answer | undefined {
  if (fault.kind === 'drop') {
    request.socket.destroy();
    return undefined;
  }
  if (fault.kind === 'error') {
    const answer = { ok: false, error: fault.error };
    response.json(answer);
    return answer;
  }
  const limited = fault.kind === 'rate_limited';
  const answer = { ok: false, error: limited ? 'ratelimited' : 'internal_error' };
  if (limited) response.set('Retry-After', String(fault.retryAfter));
  response.status(limited ? 429 : fault.status).json(answer);
  return answer;
}
