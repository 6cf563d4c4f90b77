/**
 * The contract between the playground's server and its page: types only, safe to import in a browser.
 *
 * Every request names who acts: `?as=U…` on GET, `as` in the JSON body of POST. POST answers `Done<…>` with HTTP 200, or
 * `Refusal` with 400/403/404. Objects that Slack defines (blocks, views, messages, state values) keep Slack's own
 * snake_case shapes, so that a Block Kit renderer takes them as they are.
 *
 * | method and path              | request                     | answer                                    |
 * |------------------------------|-----------------------------|-------------------------------------------|
 * | GET  /playground/bootstrap   | [?as]; default: the first   | `Bootstrap`                               |
 * | GET  /playground/messages    | ?as &channel [&before]      | `MessagePage`: no replies, oldest first   |
 * | GET  /playground/thread      | ?as &channel &ts            | `ThreadPage`: parent and replies          |
 * | GET  /playground/events      | ?as                         | server-sent events: `data:` is `PageEvent`|
 * | POST /playground/message     | `SendMessage`               | `Done<Sent>`                              |
 * | POST /playground/command     | `RunCommand`                | `Done`; the reply arrives as an event     |
 * | POST /playground/action      | `ClickAction`               | `Done`                                    |
 * | POST /playground/options     | `FindOptions`               | `Done<FoundOptions>`                      |
 * | POST /playground/view/submit | `SubmitView`                | `Done<SubmitResult>`                      |
 * | POST /playground/view/close  | `CloseView`                 | `Done`                                    |
 * | POST /playground/home        | `OpenHome`                  | `Done`; tells the app its home was opened |
 * | POST /playground/shortcut    | `RunShortcut`               | `Done`                                    |
 * | POST /playground/stop        | `StopSession`               | `Done`: the native Stop button            |
 * | POST /playground/read        | `MarkRead`                  | `Done`                                    |
 *
 * Files are downloaded from `PageFile.url_private_download` (add `?as=U…`; the server sends them as attachments), images
 * are shown from `PageFile.url_private` the same way. Blocks that show an uploaded image carry such a URL in `image_url`
 * already.
 */
import type { PartStatus } from '../core/conversation/status.ts';

/** A Block Kit block as the app sent it, with the `block_id` that Slack adds when there is none. */
export type Block = { readonly type: string; readonly block_id?: string; readonly [field: string]: unknown };

/** A plain text object of Block Kit. */
export type PlainText = { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean };

/** Someone in the workspace. The bot is one of them (`is_bot`) and cannot be acted as. */
export type PagePerson = {
  readonly id: string;
  /** The handle, as in `@ada`. */
  readonly name: string;
  readonly real_name: string;
  readonly title: string;
  /** CSS colour of the avatar, which shows `initials`. */
  readonly color: string;
  readonly initials: string;
  /** IANA name. */
  readonly tz: string;
  /** E.g. `en-US`, `zh-CN`. */
  readonly locale: string;
  readonly is_admin: boolean;
  readonly is_bot: boolean;
};

/** A channel, or the direct message between the acting person and the bot (`is_im`). */
export type PageChannel = {
  readonly id: string;
  /** Without `#`. For a direct message, the bot's display name. */
  readonly name: string;
  readonly topic: string;
  readonly is_im: boolean;
  /** Messages of others after the last read one, replies included. */
  readonly unread: number;
  /** One of them mentions the acting person, or the channel is a direct message. */
  readonly mentioned: boolean;
  /** `ts` up to which the person has read; `'0'` when nothing was read. */
  readonly last_read: string;
};

/** A file of a message. */
export type PageFile = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  /** Extension-like kind, e.g. `csv`. */
  readonly filetype: string;
  /** Bytes. */
  readonly size: number;
  readonly url_private: string;
  readonly url_private_download: string;
  readonly created: number;
  readonly user: string;
};

/** An emoji under a message, and who added it. */
export type Reaction = { readonly name: string; readonly count: number; readonly users: readonly string[] };

/** A message as Slack's history shows it. */
export type PageMessage = {
  readonly type: 'message';
  readonly subtype?: string;
  readonly channel: string;
  /** Unique within a channel, and its order. `Number(ts)` is seconds since 1970. */
  readonly ts: string;
  readonly user: string;
  readonly bot_id?: string;
  /** mrkdwn; the fallback when there are `blocks`. */
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly thread_ts?: string;
  /** Replied "also send to channel". */
  readonly reply_broadcast?: boolean;
  readonly reply_count?: number;
  readonly reply_users?: readonly string[];
  readonly latest_reply?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly files?: readonly PageFile[];
  readonly reactions?: readonly Reaction[];
  /**
   * Only the acting person sees it, and it has no replies. In Slack it is gone after a reload; here it stays until a
   * reset.
   */
  readonly is_ephemeral?: boolean;
  /** Set while and after the bot streams it: show a caret while in progress. */
  readonly streaming_state?: 'in_progress' | 'completed' | 'errored';
};

/** A modal or the App Home. */
export type PageView = {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly callback_id: string;
  readonly title?: PlainText;
  readonly submit?: PlainText | null;
  readonly close?: PlainText | null;
  readonly blocks: readonly Block[];
  /** Changes with each update of the view. */
  readonly hash: string;
  readonly clear_on_close: boolean;
};

/** The value of one input element, in Slack's shape: `value`, `selected_option`, `selected_date`, … */
export type StateValue = { readonly type: string; readonly [field: string]: unknown };

/** `block_id` → `action_id` → value. */
export type StateValues = { readonly [blockId: string]: { readonly [actionId: string]: StateValue } };

/** A slash command of the app. */
export type SlashCommand = {
  /** With the slash, e.g. `/memori`. */
  readonly command: string;
  readonly description: string;
  /** Shown behind the command while typing, e.g. `[help | budget | memory list]`. */
  readonly usage_hint: string;
};

/** A shortcut of the app, global or on a message. */
export type Shortcut = {
  readonly type: 'global' | 'message';
  readonly callback_id: string;
  readonly name: string;
  readonly description: string;
};

/** The first screen, handed in by the product. */
export type Welcome = {
  readonly title: string;
  readonly text: string;
  /** Questions to ask with one click. */
  readonly questions: readonly string[];
  readonly parts: readonly PartStatus[];
};

/** Prompts that the app suggests in the direct message (`assistant.threads.setSuggestedPrompts`). */
export type SuggestedPrompts = {
  readonly channel: string;
  readonly thread_ts?: string;
  readonly title?: string;
  readonly prompts: readonly { readonly title: string; readonly message: string }[];
};

/** What the app does in a thread right now: "is thinking…". `text` is empty when it is over. */
export type ThreadStatus = {
  readonly channel: string;
  readonly thread_ts: string;
  /** Follows the bot's name, as in Slack: `Memori is thinking…`. */
  readonly text: string;
  /** Lines to rotate through while waiting; may be empty. */
  readonly loading: readonly string[];
  /** `processing` shows the Stop button. Absent when the app reported none. */
  readonly session?: 'processing' | 'active' | 'suspended' | 'closed';
};

/** GET /playground/bootstrap. */
export type Bootstrap = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly me: PagePerson;
  /** The bot. */
  readonly bot: PagePerson;
  /** The people to act as. */
  readonly people: readonly PagePerson[];
  /** Channels first, the person's direct message with the bot last. */
  readonly channels: readonly PageChannel[];
  /** Published home, if any. `OpenHome` asks the app for it. */
  readonly home: PageView | undefined;
  /** Open modals of this person, the topmost last. */
  readonly views: readonly PageView[];
  readonly statuses: readonly ThreadStatus[];
  readonly prompts: readonly SuggestedPrompts[];
  readonly commands: readonly SlashCommand[];
  readonly shortcuts: readonly Shortcut[];
  readonly welcome: Welcome;
};

/** GET /playground/messages: up to 100, the newest before `before`. Ephemeral ones of the person are included. */
export type MessagePage = { readonly messages: readonly PageMessage[]; readonly has_more: boolean };

/** GET /playground/thread. */
export type ThreadPage = { readonly parent: PageMessage; readonly replies: readonly PageMessage[] };

type Acting = { readonly as: string };

/** Text may mention `<@U…>`; the page turns a completed `@name` into that. Slash commands go to `RunCommand`. */
export type SendMessage = Acting & { readonly channel: string; readonly text: string; readonly thread_ts?: string };
/** The message that was sent. */
export type Sent = { readonly ts: string };

/** `text` is the whole line, e.g. `/memori budget`. Slack refuses slash commands in threads, and so does this. */
export type RunCommand = Acting & { readonly channel: string; readonly text: string };

/** Where an interactive element sits. */
export type ElementPlace = { readonly channel: string; readonly message_ts: string } | { readonly view_id: string };

/** What an element's use adds to Slack's action: `{}` for a button. `value`: which feedback button, or the text typed. */
export type ActionValue = {
  readonly value?: string;
  readonly selected_option?: unknown;
  readonly selected_options?: readonly unknown[];
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_channel?: string | null;
  readonly selected_channels?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_conversations?: readonly string[];
};

/** A button, select, feedback button, icon button, overflow or dispatching input was used. `state`: all inputs there. */
export type ClickAction = Acting & {
  readonly place: ElementPlace;
  readonly block_id: string;
  readonly action_id: string;
  readonly action?: ActionValue;
  readonly state?: StateValues;
};

/** Typeahead of an `external_select`. */
export type FindOptions = Acting & {
  readonly place: ElementPlace;
  readonly block_id: string;
  readonly action_id: string;
  readonly value: string;
};
/** The options that the app offers for what was typed. */
export type FoundOptions = { readonly options: readonly unknown[]; readonly option_groups: readonly unknown[] };

/** Submits a modal with the values of its inputs. */
export type SubmitView = Acting & { readonly view_id: string; readonly state: StateValues };

/** `errors`: block_id → what is wrong; the view stays open. Otherwise the view was closed or replaced (events say how). */
export type SubmitResult = { readonly errors?: { readonly [blockId: string]: string } };

/** `all`: the whole stack, as the × of a modal does; otherwise only the topmost (its close button). */
export type CloseView = Acting & { readonly view_id: string; readonly all?: boolean };

/** Opens the app's Home or Messages tab. */
export type OpenHome = Acting & { readonly tab: 'home' | 'messages' };

/** Runs a shortcut, globally or on a message. */
export type RunShortcut = Acting & {
  readonly callback_id: string;
  /** For a message shortcut. */
  readonly message?: { readonly channel: string; readonly ts: string };
};

/** Presses Slack's own Stop button in a thread. */
export type StopSession = Acting & { readonly channel: string; readonly thread_ts: string };

/** Marks a channel as read up to a message. */
export type MarkRead = Acting & { readonly channel: string; readonly ts: string };

/** A successful answer. */
export type Done<T = Record<never, never>> = { readonly ok: true } & T;

/** `error` is stable, e.g. `channel_not_found`, `operation_timeout` (the app did not acknowledge within 3 s). */
export type Refusal = { readonly ok: false; readonly error: string; readonly message: string };

/** One server-sent event. Only what the acting person may see is sent. */
export type PageEvent =
  | { readonly type: 'hello' }
  /** Also for ephemeral messages (`is_ephemeral`). */
  | { readonly type: 'message_added'; readonly message: PageMessage }
  /** Edits, streaming, reactions, and a parent whose reply counts changed. */
  | { readonly type: 'message_changed'; readonly message: PageMessage }
  | { readonly type: 'message_deleted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'channel_changed'; readonly channel: PageChannel }
  /** On top of those that are open (`views.open`, `views.push`). */
  | { readonly type: 'view_opened'; readonly view: PageView }
  | { readonly type: 'view_updated'; readonly view: PageView }
  | { readonly type: 'view_closed'; readonly view_id: string }
  | { readonly type: 'home_published'; readonly view: PageView }
  | { readonly type: 'status'; readonly status: ThreadStatus }
  | { readonly type: 'prompts'; readonly prompts: SuggestedPrompts }
  /** E.g. `Memori did not respond`; shown as a toast. */
  | { readonly type: 'failed'; readonly error: string; readonly message: string }
  /** State was cleared: load the page again. */
  | { readonly type: 'reset' };
