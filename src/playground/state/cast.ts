import type { PagePerson } from '../page-api.ts';

/** A conversation of the workspace. `person`: who shares this direct message with the bot. */
export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly person?: string;
};

/** The people and channels of the workspace. They never change while the product runs. */
export type Cast = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly appId: string;
  readonly botId: string;
  readonly bot: PagePerson;
  /** The people to act as. */
  readonly people: readonly PagePerson[];
  readonly channels: readonly Channel[];
  /** People and bot. */
  user(id: string): PagePerson | undefined;
  /** By id, `#name`, `name`, or the id of a person for the direct message with them. */
  channel(reference: string): Channel | undefined;
  /** The people who see a channel. */
  audience(channel: string): readonly string[];
};

const residents: readonly PagePerson[] = [
  {
    id: 'U08MAYA1N2Q',
    name: 'maya',
    real_name: 'Maya Lindqvist',
    title: 'Head of Operations',
    color: '#7c3aed',
    initials: 'ML',
    tz: 'Europe/Stockholm',
    locale: 'en-US',
    is_admin: true,
    is_bot: false,
  },
  {
    id: 'U08TOMR5K7D',
    name: 'tom',
    real_name: 'Tom Reyes',
    title: 'Support Lead',
    color: '#0f766e',
    initials: 'TR',
    tz: 'America/New_York',
    locale: 'en-US',
    is_admin: false,
    is_bot: false,
  },
  {
    id: 'U08SIYUAN3C',
    name: 'siyuan',
    real_name: '陈思远',
    title: '数据分析师',
    color: '#c2410c',
    initials: '思远',
    tz: 'Asia/Shanghai',
    locale: 'zh-CN',
    is_admin: false,
    is_bot: false,
  },
];

/** Names of people and channels that are added to the built-in ones. */
export type Guests = { readonly people: readonly string[]; readonly channels: readonly string[] };

/** The workspace, with a bot called `appName`. Guests with a name that exists already are ignored. */
export function createCast(appName: string, guests: Guests = { people: [], channels: [] }): Cast {
  const people = [...residents, ...guests.people.filter((name) => !isResident(name)).map(guest)];
  const bot: PagePerson = {
    id: 'U08MEMORI0B',
    name: appName.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    real_name: appName,
    title: 'App',
    color: '#1d4ed8',
    initials: appName.slice(0, 1).toUpperCase(),
    tz: 'Etc/UTC',
    locale: 'en-US',
    is_admin: false,
    is_bot: true,
  };
  const channels: readonly Channel[] = [
    { id: 'C08GENERAL1', name: 'general', topic: 'Everything that concerns all of us' },
    { id: 'C08ANALYTIC', name: 'analytics', topic: `Questions about our data: mention @${appName}` },
    { id: 'C08ALERTS01', name: 'alerts', topic: 'What operators must know' },
    ...guests.channels.filter((name) => !publicChannels.includes(name.replace(/^#/, ''))).map(guestChannel),
    ...people.map((person) => ({ id: person.id.replace('U', 'D'), name: appName, topic: '', person: person.id })),
  ];
  const users = new Map([...people, bot].map((person) => [person.id, person]));
  return {
    team: { id: 'T08NORTHWD0', name: 'Northwood Shop', domain: 'northwood' },
    appId: 'A08MEMORI0A',
    botId: 'B08MEMORI0B',
    bot,
    people,
    channels,
    user: (id) => users.get(id),
    channel(reference) {
      const name = reference.replace(/^#/, '');
      return channels.find(
        (one) => one.id === reference || one.person === reference || (one.person === undefined && one.name === name),
      );
    },
    audience(id) {
      const channel = channels.find((one) => one.id === id);
      if (channel === undefined) return [];
      return channel.person === undefined ? people.map((person) => person.id) : [channel.person];
    },
  };
}

const publicChannels = ['general', 'analytics', 'alerts', 'dm'];

const isResident = (name: string): boolean => residents.some((person) => person.name === name || person.id === name);

/** The id is derived from the name, so that the same guest keeps their history. */
const guest = (name: string): PagePerson => ({
  id: `U09${idOf(name)}`,
  name,
  real_name: name,
  title: 'Guest',
  color: '#475569',
  initials: name.slice(0, 2).toUpperCase(),
  tz: 'Etc/UTC',
  locale: 'en-US',
  is_admin: false,
  is_bot: false,
});

const guestChannel = (name: string): Channel => ({
  id: `C09${idOf(name.replace(/^#/, ''))}`,
  name: name.replace(/^#/, ''),
  topic: '',
});

/** Upper-case letters and digits, as Slack's ids are. */
const idOf = (name: string): string => Buffer.from(name).toString('hex').toUpperCase();
