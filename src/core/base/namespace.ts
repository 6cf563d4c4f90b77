/** The languages that the product speaks. */
export type Locale = 'en' | 'zh';

/** Who asks. It comes from the event that Slack signed and Slack's user directory, never from a text or a model. */
export type Person = {
  /** Slack team id (or enterprise id for an org install). */
  readonly team: string;
  /** Slack user id. */
  readonly user: string;
  /** Display name, for texts only. */
  readonly name: string;
  readonly locale: Locale;
  /** IANA zone, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** From another company through Slack Connect. Externals are refused by default. */
  readonly external: boolean;
  /** A workspace admin or owner, as Slack says. */
  readonly admin: boolean;
};

/** Who sent a request, as its signed body says; Slack has not been asked yet. */
export type Caller = {
  /** The installation's team, or its enterprise for an org install. */
  readonly team: string;
  /** The workspace, which in an org install differs from `team`. */
  readonly workspace: string | undefined;
  readonly enterprise: string | undefined;
  readonly user: string;
  /** Their name in the request, if it has one. */
  readonly name?: string;
  /** The request itself suggests another company: another team, or a shared channel. */
  readonly maybeExternal: boolean;
};

/** Where somebody asks. Together with the person it decides which memories may be shown. */
export type Place = {
  readonly kind: 'dm' | 'channel';
  /** Slack channel id. */
  readonly channel: string;
  /** A channel that not everyone in the workspace can read. Always true for a DM. */
  readonly isPrivate: boolean;
  /** `thread_ts ?? ts` of the event: the root of the conversation. Empty for a channel as a whole, where commands are typed. */
  readonly thread: string;
};

/** The kinds of scope in which memories are kept. */
export const scopeTypes = ['user', 'thread', 'channel', 'workspace', 'datasource'] as const;
/** One entry of `scopeTypes`. */
export type ScopeType = (typeof scopeTypes)[number];

/** Where a memory lives. `id` is unique within a workspace; `scopeKey` puts both into one string. */
export type Scope = { readonly type: ScopeType; readonly id: string };

/** `type:id`, the form in which stores index a scope. */
export const scopeKey = (scope: Scope): string => `${scope.type}:${scope.id}`;

/** Names a conversation, `team:channel:thread`. Each has one transcript and at most one running turn. */
export const sessionId = (person: Pick<Person, 'team'>, place: Place): string =>
  sessionOf(person.team, place.channel, place.thread);

/** The session id of a thread: `team:channel:thread`. */
export const sessionOf = (team: string, channel: string, thread: string): string => `${team}:${channel}:${thread}`;

/** Memories of one person, wherever they ask. */
export const userScope = (person: Pick<Person, 'user'>): Scope => ({ type: 'user', id: person.user });
/** Memories of one conversation. */
export const threadScope = (place: Place): Scope => ({ type: 'thread', id: `${place.channel}:${place.thread}` });
/** Memories that everyone in a channel shares. */
export const channelScope = (place: Place): Scope => ({ type: 'channel', id: place.channel });
/** Memories of the whole workspace. People from other companies never read them. */
export const workspaceScope = (person: Pick<Person, 'team'>): Scope => ({ type: 'workspace', id: person.team });
/** Memories about one data source, by its name in the configuration, for everyone who may query it. */
export const dataSourceScope = (name: string): Scope => ({ type: 'datasource', id: name });

/**
 * The scopes whose memories this person may be shown in this place.
 * - In a DM: their own, the workspace's, and those of the data sources they may query.
 * - In a channel: the thread's, the channel's, the workspace's, the data sources', and of their own only the
 *   preferences (`ownPreferencesOnly`), because everyone in the channel reads the answer. `threads`: those of the
 *   channel, for a place that is none of them.
 * - Someone from outside never sees the workspace's.
 */
export function readableScopes(
  person: Person,
  place: Place,
  dataSources: readonly string[],
  threads: readonly Scope[] = [],
): { readonly scopes: readonly Scope[]; readonly ownPreferencesOnly: boolean } {
  const shared = person.external ? [] : [workspaceScope(person)];
  const sources = dataSources.map(dataSourceScope);
  return place.kind === 'dm'
    ? { scopes: [userScope(person), ...shared, ...sources], ownPreferencesOnly: false }
    : {
        scopes: [
          userScope(person),
          ...(place.thread === '' ? threads : [threadScope(place)]),
          channelScope(place),
          ...shared,
          ...sources,
        ],
        ownPreferencesOnly: true,
      };
}

/**
 * Where a memory taught here is kept by default: from a DM with the person, from a channel with the channel. Sharing it
 * with more people is an explicit command.
 */
export const teachingScope = (person: Person, place: Place): Scope =>
  place.kind === 'dm' ? userScope(person) : channelScope(place);
