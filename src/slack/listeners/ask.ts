import type { Context } from '@slack/bolt';
import { sessionId } from '../../core/base/namespace.ts';
import { textsFor } from '../../core/texts/texts-for.ts';
import { explain, placeOf, replyTo, type SlackEdge } from '../edge.ts';
import { callerOf, directPlace, questionId } from '../namespaces.ts';
import { questionText } from '../question-text.ts';

/** A message that may be a question, from whichever event brought it. */
export type Incoming = {
  readonly context: Context;
  readonly user: string;
  /** The author's own team, when the event names it. */
  readonly userTeam: string | undefined;
  /** In a channel shared with another company. */
  readonly shared: boolean;
  readonly channel: string;
  readonly ts: string;
  readonly thread: string;
  readonly text: string;
  /** No mention is needed where the bot takes part; elsewhere such a message is none of its business. */
  readonly onlyInOwnThreads: boolean;
};

/**
 * The one way from a message to a question. `app_mention` and `message` bring the same message twice, and Slack repeats
 * events: the question's id is the message's, and the core claims it before any work. Someone from another company, in a
 * shared channel, is told that only members are answered.
 */
export async function ask(edge: SlackEdge, incoming: Incoming): Promise<void> {
  const { context, channel, thread, ts } = incoming;
  const clients = edge.clients(context.botToken ?? '');
  const caller = callerOf(context, incoming.user, incoming.userTeam, incoming.shared);
  const { conversation, ops } = edge.deps;
  const session = sessionId(caller, directPlace(channel, thread));
  if (incoming.onlyInOwnThreads && !(await conversation.takesPartIn(session))) return;

  const [person, place] = await Promise.all([
    edge.directory.person(caller, clients.reads),
    placeOf(edge, clients, caller.team, channel, thread),
  ]);
  const tell = (told: string) =>
    clients.posting.chat.postEphemeral({ channel, user: person.user, thread_ts: thread, text: told });
  if (person.external) return void (await tell(textsFor(person.locale).click.external));

  const id = questionId(caller.team, channel, ts);
  const text = questionText(incoming.text, context.botUserId);
  const question = { id, text, person, place, askedAt: ops.clock.now(), origin: 'message' } as const;
  try {
    await conversation.ask(question, replyTo(edge, clients, question));
  } catch (error) {
    await tell(explain(edge, error, person.locale, 'question'));
  }
}
