import type { Context } from '@slack/bolt';
import type { Arrival } from '../../core/base/question.ts';
import { explain, type SlackEdge, surfaceFor } from '../edge.ts';
import { deliveryOf } from '../intake.ts';
import { callerOf, questionId } from '../namespaces.ts';
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
 * events: the question's id is the message's, and the core claims it before anything else. What cannot be kept is not
 * acknowledged, so that Slack sends it again; the person is told the first time.
 */
export async function ask(edge: SlackEdge, incoming: Incoming): Promise<void> {
  const { context, channel, thread, ts, onlyInOwnThreads } = incoming;
  const { conversation, ops } = edge.deps;
  const delivery = deliveryOf(context);
  const clients = edge.clients(context.botToken ?? '');
  const caller = callerOf(context, incoming.user, incoming.userTeam, incoming.shared);
  const arrival: Arrival = {
    id: questionId(caller.team, channel, ts),
    text: questionText(incoming.text, context.botUserId),
    origin: 'message',
    order: { kind: 'ask' },
    caller,
    channel,
    thread,
    arrivedAt: ops.clock.now(),
  };
  try {
    if (onlyInOwnThreads && !(await conversation.takesPartIn(caller.team, channel, thread))) return;
    await conversation.ask(arrival, surfaceFor(edge, clients, arrival, delivery.acknowledge));
  } catch (error) {
    delivery.refuse(error);
    if (!delivery.isFirst || onlyInOwnThreads) return;
    const text = explain(edge, error, 'en', 'question');
    await clients.posting.chat.postEphemeral({ channel, user: incoming.user, thread_ts: thread, text });
  }
}
