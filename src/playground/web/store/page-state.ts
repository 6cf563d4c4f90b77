import type { Bootstrap, PageChannel, PageMessage, PageView, SuggestedPrompts, ThreadStatus } from '../../page-api.ts';

/** Whether the server's events arrive. */
export type Connection = 'connecting' | 'live' | 'lost';

/** A short notice in the corner. */
export type Toast = { readonly id: number; readonly text: string };

/** Messages of one channel by `ts`, replies included. */
export type MessagesByTs = Readonly<Record<string, PageMessage>>;

/** What does not change while the page is open. */
export type WorkspaceFacts = Pick<
  Bootstrap,
  'team' | 'me' | 'bot' | 'people' | 'commands' | 'shortcuts' | 'welcome'
> & {
  readonly channelNames: readonly { readonly id: string; readonly name: string }[];
};

/** Everything that the page knows about the workspace, as one person sees it. */
export type PageState = {
  readonly workspace: WorkspaceFacts;
  readonly channels: readonly PageChannel[];
  readonly messages: Readonly<Record<string, MessagesByTs>>;
  /** Channels whose history was loaded, and whether there is an older page. */
  readonly history: Readonly<Record<string, { readonly hasMore: boolean }>>;
  /** Keys of the threads that were loaded. */
  readonly threads: Readonly<Record<string, true>>;
  readonly statuses: Readonly<Record<string, ThreadStatus>>;
  readonly prompts: Readonly<Record<string, SuggestedPrompts>>;
  readonly home: PageView | undefined;
  /** Open modals, the topmost last. */
  readonly views: readonly PageView[];
  readonly toasts: readonly Toast[];
  readonly connection: Connection;
};

/** The key of a thread in `PageState.threads`. */
export function threadKey(channel: string, threadTs: string): string {
  return `${channel}:${threadTs}`;
}

/** The state right after loading. */
export function initialState(boot: Bootstrap): PageState {
  const { team, me, bot, people, commands, shortcuts, welcome } = boot;
  const channelNames = boot.channels.map(({ id, name }) => ({ id, name }));
  return {
    workspace: { team, me, bot, people, commands, shortcuts, welcome, channelNames },
    messages: {},
    history: {},
    threads: {},
    toasts: [],
    connection: 'connecting',
    ...liveParts(boot),
  };
}

/** The parts of a bootstrap that events change later. */
export function liveParts(boot: Bootstrap): Pick<PageState, 'channels' | 'home' | 'views' | 'statuses' | 'prompts'> {
  return {
    channels: boot.channels,
    home: boot.home,
    views: boot.views,
    statuses: Object.fromEntries(boot.statuses.map((status) => [threadKey(status.channel, status.thread_ts), status])),
    prompts: Object.fromEntries(boot.prompts.map((prompts) => [prompts.channel, prompts])),
  };
}

/** The person or bot with this id. */
export function personOf(workspace: WorkspaceFacts, id: string) {
  return id === workspace.bot.id ? workspace.bot : workspace.people.find((person) => person.id === id);
}

/** The messages of a channel's main pane, oldest first: no replies, except those also sent to the channel. */
export function channelMessages(all: MessagesByTs | undefined): readonly PageMessage[] {
  return inOrder(all, (message) => !isReply(message) || message.reply_broadcast === true);
}

/** A thread, its parent first. */
export function threadMessages(all: MessagesByTs | undefined, threadTs: string): readonly PageMessage[] {
  return inOrder(all, (message) => message.ts === threadTs || message.thread_ts === threadTs);
}

/** Whether a message is a reply in a thread. */
export function isReply(message: PageMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

function inOrder(all: MessagesByTs | undefined, keep: (message: PageMessage) => boolean): readonly PageMessage[] {
  return Object.values(all ?? {})
    .filter(keep)
    .sort((a, b) => Number(a.ts) - Number(b.ts));
}
