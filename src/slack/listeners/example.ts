import type { App } from '@slack/bolt';
import { exampleAction } from '../action-ids.ts';
import { type SlackEdge, surfaceFor } from '../edge.ts';
import { clip, inertMrkdwn } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { arrivalIn, type Click, onClick } from './click.ts';

/** A question to start with, on the Home tab or in help: asked in the direct message, where nobody is disturbed. */
export function listenToExamples(app: App, edge: SlackEdge): void {
  const { conversation, data, ops } = edge.deps;
  onClick(app, edge, exampleAction, async (click) => {
    const { clients, caller, person, texts } = click;
    const text = data.examples(person.locale)[Number(click.value)];
    if (text === undefined) return click.tell(texts.click.stale);
    const { channel, ts } = await startThread(click, texts.asked(person.name), text);
    if (click.place.channel !== '') await click.tell(texts.click.askedInDirect);
    const place = { channel, thread: ts };
    const arrival = arrivalIn(caller, place, ts, { text, order: { kind: 'ask' } }, ops.clock.now());
    await conversation.ask(
      arrival,
      surfaceFor(edge, clients, arrival, async () => {}),
    );
  });
}

/** The question as the root of a thread in the person's direct message with the bot. */
async function startThread(
  { clients, person }: Click,
  who: string,
  text: string,
): Promise<{ channel: string; ts: string }> {
  const { channel } = await clients.posting.conversations.open({ users: person.user });
  const id = channel?.id;
  if (id === undefined) throw new Error('Slack opened a direct message without an id.');
  const root = clip(`${inertMrkdwn(who)}: ${inertMrkdwn(text)}`, slackLimits.messageText);
  const { ts } = await clients.posting.chat.postMessage({
    channel: id,
    text: root,
    unfurl_links: false,
    unfurl_media: false,
  });
  if (ts === undefined) throw new Error('Slack posted a message without a ts.');
  return { channel: id, ts };
}
