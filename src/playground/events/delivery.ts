import type { App, Receiver } from '@slack/bolt';
import type { Logger } from '../../core/base/logger.ts';

/** The result of one delivery. `body`: what the app sent with its acknowledgement. */
export type Ack = { readonly acked: true; readonly body: unknown } | { readonly acked: false; readonly reason: string };

type Body = Readonly<Record<string, unknown>>;

/** Slack's times for acknowledgements and retries. */
export type DeliveryTimings = {
  /** The app must acknowledge within this time. Milliseconds. */
  readonly ackTimeoutMs: number;
  /** Pauses before an unacknowledged event is sent again, one for each retry. */
  readonly retryDelaysMs: readonly number[];
};

/** Sends requests from Slack to the app. */
export type Delivery = {
  readonly receiver: Receiver;
  /** Sends an interaction, once; its acknowledgement matters. */
  send(body: Body): Promise<Ack>;
  /** Sends an event, and repeats it with `retry_num` until it is acknowledged or given up. */
  sendEvent(body: Body): void;
  /** For tests: sends the last `count` events again as retries, acknowledged or not. */
  redeliver(count?: number): Promise<void>;
  /** Resolves when no listener runs and no first delivery is pending. */
  idle(): Promise<void>;
  isIdle(): boolean;
  /** Stops retries. */
  stop(): void;
};

/** How many events are remembered for `redeliver`. */
const remembered = 50;

type Parts = {
  readonly logger: Logger;
  readonly timings: DeliveryTimings;
  /** Called when a listener has ended. */
  readonly onChange: () => void;
};

/** `onChange`: called when a listener has ended. */
export function createDelivery({ logger, timings, onChange }: Parts): Delivery {
  let app: App | undefined;
  let running = false;
  const inFlight = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  const history: Body[] = [];

  function track<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => {
      inFlight.delete(done);
      onChange();
    });
    inFlight.add(done);
    return done;
  }

  /** Runs the listeners; resolves at the acknowledgement, not at their end. */
  function attempt(body: Body, retryNum?: number, retryReason?: string): Promise<Ack> {
    if (app === undefined || !running) return Promise.resolve({ acked: false, reason: 'not_connected' });
    const target = app;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ acked: false, reason: 'http_timeout' }), timings.ackTimeoutMs);
      const finish = (ack: Ack) => {
        clearTimeout(timer);
        resolve(ack);
      };
      const event = {
        body,
        ...(retryNum !== undefined && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
        ack: async (response?: unknown) => finish({ acked: true, body: response }),
      };
      const work = target.processEvent(event).catch((error: unknown) => {
        logger.error('A listener failed.', { error });
        finish({ acked: false, reason: 'http_error' });
      });
      void track(work);
    });
  }

  async function deliverEvent(body: Body, retry: number, reason?: string): Promise<void> {
    const ack = await (retry === 0 ? attempt(body) : attempt(body, retry, reason));
    const delay = timings.retryDelaysMs[retry];
    if (ack.acked || delay === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void track(deliverEvent(body, retry + 1, ack.reason));
    }, delay);
    timers.add(timer.unref());
  }

  async function idle(): Promise<void> {
    while (inFlight.size > 0) await Promise.allSettled(inFlight);
  }

  return {
    receiver: {
      init(next) {
        app = next;
      },
      start: async () => {
        running = true;
      },
      stop: async () => {
        running = false;
      },
    },
    send: (body) => track(attempt(body)),
    sendEvent(body) {
      history.push(body);
      if (history.length > remembered) history.shift();
      void track(deliverEvent(body, 0));
    },
    async redeliver(count = 1) {
      await Promise.all(history.slice(-count).map((body) => attempt(body, 1, 'http_timeout')));
    },
    idle,
    isIdle: () => inFlight.size === 0,
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
