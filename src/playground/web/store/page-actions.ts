import type { ActionValue, ElementPlace, StateValues } from '../../page-api.ts';
import { fetchBootstrap, type PlaygroundClient } from '../api/playground-client.ts';
import type { PageAction } from './page-reducer.ts';
import { channelMessages, type PageState } from './page-state.ts';
import { goTo } from './route.ts';

/** One use of an interactive element. */
export type ElementUse = {
  readonly place: ElementPlace;
  readonly block_id: string;
  readonly action_id: string;
  readonly action: ActionValue;
  readonly state: StateValues;
};

/**
 * What the page can do. A failure becomes a toast, and the promise resolves with `false`, so that a composer can
 * restore the text.
 */
export function createPageActions(
  client: PlaygroundClient,
  dispatch: (action: PageAction) => void,
  current: () => PageState,
) {
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      dispatch({ type: 'toast_added', text: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };
  const loadHistory = async (channel: string, before?: string) => {
    const known = current().messages[channel];
    const page = await client.messages(channel, before);
    dispatch({ type: 'history_loaded', channel, messages: page.messages, before: known, hasMore: page.has_more });
  };
  const loadThread = async (channel: string, ts: string) => {
    const before = current().messages[channel];
    const page = await client.thread(channel, ts);
    dispatch({ type: 'thread_loaded', channel, ts, messages: [page.parent, ...page.replies], before });
  };
  return {
    loadHistory: (channel: string) => attempt(() => loadHistory(channel)),
    loadOlder: (channel: string) =>
      attempt(() => loadHistory(channel, channelMessages(current().messages[channel])[0]?.ts)),
    loadThread: (channel: string, ts: string) => attempt(() => loadThread(channel, ts)),
    /** Posts `text` (already in Slack's notation); a question to the bot opens its thread, where the answer will be. */
    send: (channel: string, text: string, threadTs?: string) =>
      attempt(async () => {
        const sent = await client.message(channel, text, threadTs);
        if (!threadTs && isForBot(current(), channel, text)) goTo({ channel, thread: sent.ts });
      }),
    command: (channel: string, text: string) => attempt(() => client.command(channel, text)),
    use: (use: ElementUse) => attempt(() => client.action(use)),
    submit: client.submit,
    findOptions: client.options,
    closeView: (viewId: string, all: boolean) => attempt(() => client.close(viewId, all)),
    openHome: (tab: 'home' | 'messages') => attempt(() => client.home(tab)),
    shortcut: (callbackId: string, message?: { channel: string; ts: string }) =>
      attempt(() => client.shortcut(callbackId, message)),
    stop: (channel: string, threadTs: string) => attempt(() => client.stop(channel, threadTs)),
    markRead: (channel: string, ts: string) => {
      dispatch({ type: 'channel_read', channel, ts });
      return attempt(() => client.read(channel, ts));
    },
    toast: (text: string) => dispatch({ type: 'toast_added', text }),
    dropToast: (id: number) => dispatch({ type: 'toast_dropped', id }),
    /** Removes an ephemeral message from this page; it was never anybody else's. */
    dismiss: (channel: string, ts: string) => dispatch({ type: 'message_deleted', channel, ts }),
    /** Reads everything on the screen again, since events may have been missed. */
    refresh: (as: string) =>
      attempt(async () => {
        const state = current();
        dispatch({ type: 'refreshed', boot: await fetchBootstrap(as) });
        await Promise.all(Object.keys(state.history).map((channel) => loadHistory(channel)));
        const threads = Object.keys(state.threads).map((key) => key.split(':'));
        await Promise.all(threads.map(([channel = '', ts = '']) => loadThread(channel, ts)));
      }),
  };
}

/** See `createPageActions`. */
export type PageActions = ReturnType<typeof createPageActions>;

function isForBot(state: PageState, channel: string, text: string): boolean {
  const isDirect = state.channels.some((known) => known.id === channel && known.is_im);
  return isDirect || text.includes(`<@${state.workspace.bot.id}>`);
}
