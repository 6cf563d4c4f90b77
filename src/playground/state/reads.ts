import type { PageChannel } from '../page-api.ts';
import type { Cast, Channel } from './cast.ts';
import type { Live } from './live.ts';
import type { Messages } from './messages.ts';
import type { Saves } from './saves.ts';

/** How far each person has read each channel. */
export type Reads = {
  load(id: string, ts: unknown): void;
  /** Never moves backwards. */
  mark(person: string, channel: string, ts: string): void;
  /** The channel as one person's page lists it. */
  view(person: string, channel: Channel): PageChannel;
  clear(): void;
};

type Parts = { cast: Cast; messages: Messages; saves: Saves; live: Live };

/** Unread counts are computed from the messages. */
export function createReads({ cast, messages, saves, live }: Parts): Reads {
  const marks = new Map<string, string>();

  function view(person: string, channel: Channel): PageChannel {
    const last_read = marks.get(`${person}/${channel.id}`) ?? '0';
    const unread = messages
      .inChannel(channel.id)
      .filter((one) => messages.audience(one).includes(person))
      .filter(({ message }) => message.user !== person && Number(message.ts) > Number(last_read));
    return {
      id: channel.id,
      name: channel.name,
      topic: channel.topic,
      is_im: channel.person !== undefined,
      unread: unread.length,
      mentioned:
        unread.length > 0 &&
        (channel.person !== undefined || unread.some(({ message }) => message.text.includes(`<@${person}>`))),
      last_read,
    };
  }

  return {
    load: (id, ts) => marks.set(id.replace('read/', ''), String(ts)),
    mark(person, id, ts) {
      const channel = cast.channel(id);
      const mark = `${person}/${id}`;
      if (channel === undefined || Number(ts) <= Number(marks.get(mark) ?? '0')) return;
      marks.set(mark, ts);
      saves.put(`read/${mark}`, ts);
      live.publish([person], { type: 'channel_changed', channel: view(person, channel) });
    },
    view,
    clear: () => marks.clear(),
  };
}
