import type { App, Context, Receiver, ReceiverEvent } from '@slack/bolt';

/** One delivery of an event from Slack, and how to answer it. */
export type Delivery = {
  /** Acknowledges, so that Slack does not send it again. */
  acknowledge(): Promise<void>;
  /** The event could not be stored. It is not acknowledged, so that Slack sends it again. */
  refuse(error: unknown): void;
  /** Slack has not sent it before. */
  readonly isFirst: boolean;
};

/** Receives events for the app. */
export type Intake = {
  /** Wraps the receiver of Socket Mode, HTTP or the playground. */
  readonly receiver: Receiver;
  /** Accepts nothing more. Events are not acknowledged, so that Slack sends them to another instance. */
  close(): void;
};

/**
 * Bolt acknowledges an event before any listener sees it. Here a listener stores the event first and then acknowledges
 * it. An event that no listener stores is acknowledged when all have seen it.
 */
export function createIntake(inner: Receiver): Intake {
  let isOpen = false;
  const taking = (app: App) => async (event: ReceiverEvent) => {
    if (!isOpen) throw new Error('Events are not taken now.');
    await (isEvent(event.body) ? processEvent(app, event) : app.processEvent(event));
  };
  return {
    receiver: {
      init: (app) => inner.init(Object.assign(Object.create(app) as App, { processEvent: taking(app) })),
      start(...options) {
        isOpen = true;
        return inner.start(...options);
      },
      stop(...options) {
        isOpen = false;
        return inner.stop(...options);
      },
    },
    close() {
      isOpen = false;
    },
  };
}

async function processEvent(app: App, event: ReceiverEvent): Promise<void> {
  let refusal: { readonly error: unknown } | undefined;
  let acknowledged: Promise<void> | undefined;
  const delivery: Delivery = {
    isFirst: !event.retryNum,
    refuse(error) {
      refusal = { error };
    },
    acknowledge() {
      acknowledged ??= Promise.resolve(event.ack());
      return acknowledged;
    },
  };
  const customProperties = { ...event.customProperties, delivery };
  await app.processEvent({ ...event, customProperties, ack: async () => {} });
  if (refusal) throw refusal.error;
  await delivery.acknowledge();
}

const isEvent = (body: Readonly<Record<string, unknown>>): boolean => body.type === 'event_callback';

/** The delivery behind a listener's call. */
export const deliveryOf = ({ delivery }: Context): Delivery => (delivery as Delivery | undefined) ?? alreadyTaken;

const alreadyTaken: Delivery = { acknowledge: async () => {}, refuse: () => {}, isFirst: true };
