import type { Bootstrap, PageEvent, PageMessage, PageView } from '../../page-api.ts';
import { type Connection, liveParts, type PageState, threadKey } from './page-state.ts';

/** A channel's messages by `ts`. */
type Known = PageState['messages'][string] | undefined;

/** Changes of the page's state: the server's events, answers to requests, and a few local ones. */
export type PageAction =
  | PageEvent
  | { readonly type: 'refreshed'; readonly boot: Bootstrap }
  | {
      readonly type: 'history_loaded';
      readonly channel: string;
      readonly messages: readonly PageMessage[];
      /** What was known of the channel when it was asked for. */
      readonly before: Known;
      readonly hasMore: boolean;
    }
  | {
      readonly type: 'thread_loaded';
      readonly channel: string;
      readonly ts: string;
      readonly messages: readonly PageMessage[];
      /** What was known of the channel when it was asked for. */
      readonly before: Known;
    }
  | { readonly type: 'channel_read'; readonly channel: string; readonly ts: string }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'toast_added'; readonly text: string }
  | { readonly type: 'toast_dropped'; readonly id: number };

/** At most so many toasts at once; the oldest goes first. */
const mostToasts = 3;

/** The state after an action. */
export function pageReducer(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'message_added':
    case 'message_changed':
      return withMessages(state, action.message.channel, [action.message]);
    case 'message_deleted':
      return withoutMessage(state, action.channel, action.ts);
    case 'history_loaded': {
      const history = { ...state.history, [action.channel]: { hasMore: action.hasMore } };
      return withMessages({ ...state, history }, action.channel, dropOutdated(state, action));
    }
    case 'thread_loaded': {
      const threads = { ...state.threads, [threadKey(action.channel, action.ts)]: true as const };
      return withMessages({ ...state, threads }, action.channel, dropOutdated(state, action));
    }
    case 'channel_changed':
      return { ...state, channels: replaceById(state.channels, action.channel) };
    case 'channel_read':
      return withReadMark(state, action.channel, action.ts);
    case 'view_opened':
      return { ...state, views: [...state.views.filter((view) => view.id !== action.view.id), action.view] };
    case 'view_updated':
      return { ...state, views: replaceById(state.views, action.view) };
    case 'view_closed':
      return { ...state, views: state.views.filter((view: PageView) => view.id !== action.view_id) };
    case 'home_published':
      return { ...state, home: action.view };
    case 'status': {
      const key = threadKey(action.status.channel, action.status.thread_ts);
      return { ...state, statuses: { ...state.statuses, [key]: action.status } };
    }
    case 'prompts':
      return { ...state, prompts: { ...state.prompts, [action.prompts.channel]: action.prompts } };
    case 'refreshed':
      return { ...state, ...liveParts(action.boot) };
    case 'connection':
      return { ...state, connection: action.connection };
    case 'failed':
      return withToast(state, action.message);
    case 'toast_added':
      return withToast(state, action.text);
    case 'toast_dropped':
      return { ...state, toasts: state.toasts.filter((toast) => toast.id !== action.id) };
    case 'hello':
    case 'reset':
      return state;
  }
}

type Loaded = {
  readonly channel: string;
  readonly messages: readonly PageMessage[];
  readonly before: Known;
};

/**
 * Leaves out messages that events have changed, added or removed while the request was under way, because its answer
 * may be older than they are.
 */
function dropOutdated(state: PageState, { channel, messages, before }: Loaded): readonly PageMessage[] {
  const known = state.messages[channel];
  return messages.filter(({ ts }) => known?.[ts] === before?.[ts]);
}

function withMessages(state: PageState, channel: string, messages: readonly PageMessage[]): PageState {
  const known = { ...state.messages[channel] };
  for (const message of messages) known[message.ts] = message;
  return { ...state, messages: { ...state.messages, [channel]: known } };
}

function withoutMessage(state: PageState, channel: string, ts: string): PageState {
  const { [ts]: _gone, ...rest } = state.messages[channel] ?? {};
  return { ...state, messages: { ...state.messages, [channel]: rest } };
}

function withReadMark(state: PageState, channel: string, ts: string): PageState {
  const read = { last_read: ts, unread: 0, mentioned: false };
  return { ...state, channels: state.channels.map((known) => (known.id === channel ? { ...known, ...read } : known)) };
}

/** A text that is already shown is not added. */
function withToast(state: PageState, text: string): PageState {
  const others = state.toasts.filter((toast) => toast.text !== text);
  const id = Math.max(0, ...state.toasts.map((toast) => toast.id)) + 1;
  return { ...state, toasts: [...others, { id, text }].slice(-mostToasts) };
}

function replaceById<T extends { readonly id: string }>(list: readonly T[], item: T): readonly T[] {
  return list.some((known) => known.id === item.id)
    ? list.map((known) => (known.id === item.id ? item : known))
    : [...list, item];
}
