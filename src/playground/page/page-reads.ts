import type { Request } from 'express';
import { channelFor, messageFor, personOf, type Stage } from '../actions/stage.ts';
import type { Bootstrap, MessagePage, ThreadPage, Welcome } from '../page-api.ts';
import { type StoredMessage, threadOf } from '../state/messages.ts';
import { pageView } from '../state/views.ts';

/** Messages on one page of a channel. */
const pageSize = 100;

/** GET /playground/bootstrap */
export function bootstrap(stage: Stage, as: string, welcome: Welcome): Bootstrap {
  const me = personOf(stage, as);
  const { cast, views, threads } = stage.workspace;
  const seen = cast.channels.filter((channel) => cast.audience(channel.id).includes(me.id));
  const home = views.home(me.id);
  return {
    team: cast.team,
    me,
    bot: cast.bot,
    people: cast.people,
    channels: seen.map((channel) => stage.reads.view(me.id, channel)),
    home: home === undefined ? undefined : pageView(home),
    views: views.stack(me.id).map(pageView),
    ...threads.seenBy(me.id),
    commands: stage.commands,
    shortcuts: stage.shortcuts,
    welcome,
  };
}

/** GET /playground/messages */
export function messagePage(stage: Stage, { query }: Request): MessagePage {
  const person = personOf(stage, String(query.as));
  const channel = channelFor(stage, person, String(query.channel));
  const before = Number(query.before ?? Number.POSITIVE_INFINITY);
  const { messages } = stage.workspace;
  const seen = messages
    .inChannel(channel.id)
    .filter((one) => messages.audience(one).includes(person.id) && Number(one.message.ts) < before)
    .filter(({ message }) => threadOf(message) === undefined || message.reply_broadcast === true);
  return { messages: seen.slice(-pageSize).map(({ message }) => message), has_more: seen.length > pageSize };
}

/** GET /playground/thread */
export function threadPage(stage: Stage, { query }: Request): ThreadPage {
  const person = personOf(stage, String(query.as));
  const found = messageFor(stage, person, String(query.channel), String(query.ts));
  const { channel, ts, thread_ts } = found.message;
  const parent = thread_ts === undefined ? found : messageFor(stage, person, channel, thread_ts);
  const { messages } = stage.workspace;
  const isSeen = (one: StoredMessage) => messages.audience(one).includes(person.id);
  const replies = messages.replies(channel, thread_ts ?? ts).filter(isSeen);
  return { parent: parent.message, replies: replies.map(({ message }) => message) };
}
