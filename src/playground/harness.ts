import { click, type ElementClick } from './actions/click.ts';
import { command } from './actions/command.ts';
import { findElements } from './actions/inputs.ts';
import { say } from './actions/say.ts';
import { openHome, shortcut, stopSession } from './actions/shortcut.ts';
import type { Stage } from './actions/stage.ts';
import { closeView, submit } from './actions/submit.ts';
import type { ActionValue, StateValue, StateValues, SubmitResult } from './page-api.ts';
import { type SlackMessage, threadOf } from './state/messages.ts';
import type { StoredView } from './state/views.ts';
import type { Element } from './validate-blocks.ts';
import { type Find, waitForChange } from './wait-for-change.ts';
import { SlackError, type Workspace } from './workspace.ts';

/** People by id or handle (`maya`); channels by id, `#name`, or `dm` for the person's direct message with the bot. */
type Acting = { readonly as: string };

/** Where an element is clicked: a message, or the topmost modal (`view: 'modal'`) or the home (`view: 'home'`). */
export type ClickPlace =
  | { readonly channel: string; readonly ts: string; readonly stale?: SlackMessage }
  | { readonly view: 'modal' | 'home' };

/** Which element a person uses, where, and how. */
export type ClickRequest = Acting & ClickPlace & { readonly action: string; readonly block?: string } & ActionValue;

/** A message that was sent. */
export type SentMessage = { readonly channel: string; readonly ts: string };

/** How long `waitFor` waits by default: long enough for a busy machine, and finite. Milliseconds. */
const patienceMs = 60_000;

/** Acts as people do, and waits for what the bot does. For integration and smoke tests. */
export type Harness = {
  /** `thread`: the `ts` to reply to. Resolves when the message is there; the bot is told in the background. */
  say(request: Acting & { channel: string; text: string; thread?: string }): Promise<SentMessage>;
  /** Resolves when the app has acknowledged; rejects with `SlackError` `operation_timeout`, `action_not_found`, … */
  click(request: ClickRequest): Promise<void>;
  /** Submits the topmost modal. `values`: action_id → text, or the value of an option. */
  submit(request: Acting & { values?: Readonly<Record<string, string>> }): Promise<SubmitResult>;
  closeView(request: Acting & { all?: boolean }): Promise<void>;
  /** `text` is the whole line. Resolves, when acknowledged, with the `ts` after which replies come. */
  command(request: Acting & { channel: string; text: string }): Promise<SentMessage>;
  shortcut(request: Acting & { callback: string; message?: SentMessage }): Promise<void>;
  openHome(request: Acting & { tab?: 'home' | 'messages' }): Promise<void>;
  stop(request: Acting & { channel: string; thread: string }): Promise<void>;

  /** Messages of a channel that a person sees (without `as`: everybody's, no ephemeral ones), oldest first. */
  messages(channel: string, as?: string): readonly SlackMessage[];
  message(channel: string, ts: string): SlackMessage | undefined;
  /** Replies in a thread, ephemeral ones left out. */
  replies(channel: string, ts: string): readonly SlackMessage[];
  /** What only this person sees, newer than `after`. */
  ephemerals(as: string, after?: string): readonly SlackMessage[];
  /** The topmost modal. */
  modal(as: string): StoredView | undefined;
  home(as: string): StoredView | undefined;

  /**
   * Calls `find` after each change until it returns something other than undefined, null or false. Rejects after
   * `timeoutMs`.
   */
  waitFor<T>(find: Find<T>, what?: string, timeoutMs?: number): Promise<T>;
  /**
   * The bot's last message in a thread once it is final: nothing streams, no status line, no session in `processing`, and
   * no listener runs.
   */
  answer(channel: string, ts: string, timeoutMs?: number): Promise<SlackMessage>;
  /** Resolves when no listener runs. */
  idle(): Promise<void>;
  /** Sends the last `count` events again as retries. */
  redeliver(count?: number): Promise<void>;
};

/** `stage`: the workspace to act in. Unknown people and channels reject with `SlackError`. */
export function createHarness(stage: Stage): Harness {
  const { workspace, delivery, live } = stage;
  const { cast, messages, threads, views, ids } = workspace;

  const { person, channel } = createLookups(workspace);
  const sight = createSight(workspace);
  const { replies } = sight;

  function modal(as: string): StoredView {
    const view = views.stack(person(as)).at(-1);
    if (view === undefined) throw new SlackError('view_not_found');
    return view;
  }

  function placeOf(request: ClickRequest): Pick<ElementClick, 'place' | 'stale'> {
    if (!('view' in request)) {
      const { stale } = request;
      const place = { channel: channel(request.channel, request.as), message_ts: request.ts };
      return { place, ...(stale !== undefined && { stale }) };
    }
    const view = request.view === 'home' ? views.home(person(request.as)) : modal(request.as);
    return { place: { view_id: view?.id ?? '' } };
  }

  const waitFor = <T>(find: Find<T>, what = 'a change', timeoutMs = patienceMs) =>
    waitForChange(live, find, what, timeoutMs);

  function finalAnswer(place: string, ts: string): SlackMessage | undefined {
    const last = replies(place, ts).findLast((message) => message.user === cast.bot.id);
    const status = threads.status(channel(place), ts);
    const isBusy = !delivery.isIdle() || Boolean(status?.text) || status?.session === 'processing';
    return isBusy || last?.streaming_state === 'in_progress' ? undefined : last;
  }

  return {
    async say({ as, channel: place, text, thread }) {
      const id = channel(place, as);
      const request = { as: person(as), channel: id, text, ...(thread !== undefined && { thread_ts: thread }) };
      return { channel: id, ts: say(stage, request).ts };
    },
    async click(request) {
      const { as, action, block, channel: _channel, ts, stale, view, ...value } = { ...emptyPlace, ...request };
      await click(stage, {
        as: person(as),
        ...placeOf(request),
        action_id: action,
        ...(block !== undefined && { block_id: block }),
        action: value,
      });
    },
    async submit({ as, values = {} }) {
      const view = modal(as);
      return submit(stage, { as: person(as), view_id: view.id, state: fillIn(view, values) });
    },
    closeView: ({ as, all = false }) => closeView(stage, { as: person(as), view_id: modal(as).id, all }),
    async command({ as, channel: place, text }) {
      const id = channel(place, as);
      const ts = ids.ts();
      await command(stage, { as: person(as), channel: id, text });
      return { channel: id, ts };
    },
    shortcut: ({ as, callback, message }) =>
      shortcut(stage, { as: person(as), callback_id: callback, ...(message !== undefined && { message }) }),
    openHome: async ({ as, tab = 'home' }) => openHome(stage, { as: person(as), tab }),
    stop: async ({ as, channel: place, thread }) =>
      stopSession(stage, { as: person(as), channel: channel(place, as), thread_ts: thread }),
    ...sight,
    waitFor,
    async answer(place, ts, timeoutMs = patienceMs) {
      const thread = threadOf(messages.find(channel(place), ts)?.message ?? missing) ?? ts;
      return waitFor(() => finalAnswer(place, thread), 'the final answer', timeoutMs);
    },
    idle: () => delivery.idle(),
    redeliver: (count) => delivery.redeliver(count),
  };
}

const emptyPlace = { channel: undefined, ts: undefined, stale: undefined, view: undefined };
const missing = { type: 'message', channel: '', ts: '', user: '', text: '' } as const;

/** Finds people by id or handle, and channels by id, name or `dm`. Unknown people stay as they are. */
function createLookups({ cast }: Workspace) {
  const person = (reference: string): string =>
    cast.people.find((one) => one.id === reference || one.name === reference)?.id ?? reference;
  const channel = (reference: string, as?: string): string => {
    const found = cast.channel(reference === 'dm' && as !== undefined ? person(as) : reference);
    if (found === undefined) throw new SlackError('channel_not_found');
    return found.id;
  };
  return { person, channel };
}

/** What people see: messages, replies and views. */
function createSight(workspace: Workspace): Pick<Harness, Seen> {
  const { cast, messages, views } = workspace;
  const { person, channel } = createLookups(workspace);
  return {
    messages: (place, as) =>
      messages
        .inChannel(channel(place, as))
        .filter((one) => (as === undefined ? one.visibleTo === undefined : messages.audience(one).includes(person(as))))
        .map(({ message }) => message),
    message: (place, ts) => messages.find(channel(place), ts)?.message,
    replies: (place, ts) =>
      messages
        .replies(channel(place), ts)
        .filter((one) => one.visibleTo === undefined)
        .map(({ message }) => message),
    ephemerals: (as, after = '0') =>
      cast.channels
        .flatMap((one) => messages.inChannel(one.id))
        .filter((one) => one.visibleTo === person(as) && Number(one.message.ts) > Number(after))
        .map(({ message }) => message),
    modal: (as) => views.stack(person(as)).at(-1),
    home: (as) => views.home(person(as)),
  };
}

type Seen = 'messages' | 'message' | 'replies' | 'ephemerals' | 'modal' | 'home';

/** The state of a view after these values were typed and chosen. */
function fillIn(view: StoredView, values: Readonly<Record<string, string>>): StateValues {
  const state: Record<string, Record<string, StateValue>> = {};
  for (const { block, element } of findElements(view.blocks)) {
    const value = values[element.action_id ?? ''];
    if (value === undefined || block.block_id === undefined || element.action_id === undefined) continue;
    state[block.block_id] = { ...state[block.block_id], [element.action_id]: toStateValue(element, value) };
  }
  return state;
}

function toStateValue(element: Element, value: string): StateValue {
  const options = (element.options ?? []) as readonly { readonly value?: string }[];
  const option = options.find((one) => one.value === value);
  return option === undefined
    ? { type: element.type, value }
    : { type: element.type, selected_option: option, selected_options: [option] };
}
