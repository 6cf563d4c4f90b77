import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

type Args = Readonly<Record<string, string>>;
type Answer = Readonly<Record<string, unknown>>;

export type PostedMessage = {
  readonly channel: string;
  readonly thread: string;
  readonly ts: string;
  text: string;
  readonly metadata: unknown;
  /** When the text last changed, milliseconds. */
  at: number;
};

export type FakeSlack = {
  readonly url: string;
  /** The messages of a thread that a person sees. */
  inThread(channel: string, thread: string): readonly PostedMessage[];
  /** Counts sessions in `processing` and status lines that were never removed. */
  signs(): number;
  /** Called after each change of a message. */
  onChange: (message: PostedMessage) => void;
  readonly calls: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Stops faults, so that open calls can finish. */
  calm(): void;
  close(): Promise<void>;
};

/** Percentage of calls with a fault. */
const faultsOfHundred = 12;
/** Longer than the product waits for an edit. Milliseconds. */
const stallMs = 10_000;

type Fault = 'error' | 'half' | 'limited' | 'stall' | 'drop' | 'lost' | 'late' | 'page';
const faults: readonly Fault[] = ['error', 'half', 'limited', 'stall', 'drop', 'lost', 'late', 'page'];

/** Slack's Web API as the product meets it on a bad day, with a log of what people see. */
export async function startFakeSlack(random: Random): Promise<FakeSlack> {
  const messages = new Map<string, PostedMessage>();
  const processing = new Map<string, string>();
  const lines = new Map<string, string>();
  const counted: Record<string, number> = {};
  let calls = 0;
  let isCalm = false;
  let last = Date.now() / 1000;

  const nextTs = (): string => {
    last = Math.max(last + 0.000_001, Date.now() / 1000);
    return last.toFixed(6);
  };

  function carryOut(method: string, args: Args): Answer {
    const { channel = '', ts = '', text = '', thread_ts: thread = '' } = args;
    const key = `${channel} ${ts}`;
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          url: 'https://bench.example/',
          team: 'bench',
          team_id: 'T1',
          user: 'memori',
          user_id: 'UBOT',
          bot_id: 'BBOT',
        };
      case 'users.info':
        return { ok: true, user: { id: args.user, team_id: 'T1', real_name: args.user, tz: 'UTC', locale: 'en-US' } };
      case 'conversations.info':
        return { ok: true, channel: { id: channel, is_private: false } };
      case 'conversations.replies': {
        const found = [...messages.values()].filter((one) => one.channel === channel && one.thread === ts);
        return { ok: true, messages: found };
      }
      case 'chat.postMessage': {
        const metadata: unknown = args.metadata === undefined ? undefined : JSON.parse(args.metadata);
        const message = { channel, thread, ts: nextTs(), text, metadata, at: Date.now() };
        messages.set(`${channel} ${message.ts}`, message);
        lines.delete(`${channel} ${thread}`);
        slack.onChange(message);
        return { ok: true, channel, ts: message.ts };
      }
      case 'chat.update': {
        const message = messages.get(key);
        if (message === undefined) return { ok: false, error: 'message_not_found' };
        message.text = text;
        message.at = Date.now();
        slack.onChange(message);
        return { ok: true, channel, ts };
      }
      case 'chat.delete':
        return messages.delete(key) ? { ok: true, channel, ts } : { ok: false, error: 'message_not_found' };
      case 'assistant.threads.setStatus':
        if (args.status) lines.set(`${args.channel_id} ${thread}`, args.status);
        else lines.delete(`${args.channel_id} ${thread}`);
        return { ok: true };
      case 'agents.sessions.setStatus':
        if (args.status === 'processing') processing.set(`${args.channel_id} ${thread}`, 'processing');
        else processing.delete(`${args.channel_id} ${thread}`);
        return { ok: true };
      default:
        return { ok: true };
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = (request.url ?? '').replace('/api/', '').split('?')[0] ?? '';
    const args = await argumentsOf(request);
    calls += 1;
    const isSpared = isCalm || method === 'auth.test' || random.below(100) >= faultsOfHundred;
    const fault = isSpared ? undefined : random.pick(faults);
    await sleep(100 + random.below(250));
    if (fault === undefined) return send(response, carryOut(method, args));
    counted[fault] = (counted[fault] ?? 0) + 1;
    switch (fault) {
      case 'error':
        return send(response, {
          ok: false,
          error: random.pick(['internal_error', 'service_unavailable', 'request_timeout', 'ratelimited']),
        });
      case 'half':
        carryOut(method, args);
        return send(response, { ok: false, error: 'fatal_error' });
      case 'limited':
        response.setHeader('retry-after', String(1 + random.below(2)));
        response.statusCode = 429;
        return send(response, { ok: false, error: 'ratelimited' });
      case 'stall':
        await sleep(stallMs);
        return send(response, carryOut(method, args));
      case 'drop':
        return void request.socket.destroy();
      case 'lost':
        carryOut(method, args);
        return void request.socket.destroy();
      case 'late':
        request.socket.destroy();
        await sleep(500 + random.below(3_000));
        return void carryOut(method, args);
      case 'page':
        response.setHeader('content-type', 'text/html');
        return void response.end('<html><body>Bad gateway</body></html>');
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const slack: FakeSlack = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    inThread: (channel, thread) =>
      [...messages.values()].filter((one) => one.channel === channel && one.thread === thread),
    signs: () => processing.size + lines.size,
    onChange: () => {},
    get calls() {
      return calls;
    },
    faults: counted,
    calm() {
      isCalm = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return slack;
}

function send(response: ServerResponse, answer: Answer): void {
  if (!response.headersSent) response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

async function argumentsOf(request: IncomingMessage): Promise<Args> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}
