import { App, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import express from 'express';
import type { Documents } from '../../src/core/base/documents.ts';
import { createPlayground, type Playground, type Timings } from '../../src/playground/playground.ts';
import { startHttpServer } from './http-server.ts';

/** Documents in memory; two playgrounds that share them are one workspace before and after a restart. */
export function createMemoryDocuments(): Documents & { readonly size: () => number } {
  const values = new Map<string, string>();
  return {
    all: async () => [...values].map(([id, value]) => ({ id, value: JSON.parse(value) })),
    put: async (id, value) => void values.set(id, JSON.stringify(value)),
    delete: async (id) => void values.delete(id),
    clear: async () => values.clear(),
    size: () => values.size,
  };
}

/** A clock that tests move. */
export function createTestClock(start = '2026-11-20T09:00:00Z') {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance: (ms: number) => {
      now += ms;
    },
  };
}

export const silentLogger = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Collects instead of printing, so that expected failures do not spoil the test output. */
const boltLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export type PlaygroundApp = {
  readonly playground: Playground;
  readonly app: App;
  readonly client: WebClient;
  readonly baseUrl: string;
  readonly clock: ReturnType<typeof createTestClock>;
  stop(): Promise<void>;
};

type Options = { documents?: Documents; timings?: Partial<Timings>; clock?: ReturnType<typeof createTestClock> };

/** A playground on a free port with a real Bolt app behind it. `listen` adds the listeners. */
export async function startPlaygroundApp(listen: (app: App) => void, options: Options = {}): Promise<PlaygroundApp> {
  const { documents = createMemoryDocuments(), clock = createTestClock() } = options;
  const playground = createPlayground({
    documents,
    clock,
    logger: silentLogger,
    appName: 'Memori',
    welcome: async () => ({ title: 'Hello', text: 'Ask', questions: ['How many?'], parts: [] }),
    commands: [{ command: '/memori', description: 'Budget and memory', usage_hint: '[help]' }],
    shortcuts: [
      { type: 'global', callback_id: 'ask', name: 'Ask', description: '' },
      { type: 'message', callback_id: 'remember', name: 'Remember', description: '' },
    ],
    timings: { ackTimeoutMs: 300, retryDelaysMs: [5, 5, 5], ...options.timings },
  });
  const server = await startHttpServer(express().use(playground.router));
  const baseUrl = server.url;
  await playground.open(baseUrl);
  const clientOptions = { slackApiUrl: playground.slackApiUrl(baseUrl), retryConfig: { retries: 0 } };
  const app = new App({ receiver: playground.receiver, token: playground.botToken, clientOptions, logger: boltLogger });
  listen(app);
  await app.start();
  const client = new WebClient(playground.botToken, { ...clientOptions, logger: boltLogger });
  async function stop() {
    await app.stop();
    await playground.close();
    await server.close();
  }
  return { playground, app, client, baseUrl, clock, stop };
}
