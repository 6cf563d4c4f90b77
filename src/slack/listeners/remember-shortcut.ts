import type { App, MessageShortcut } from '@slack/bolt';
import { textsFor } from '../../core/texts/texts-for.ts';
import { shortcutIds } from '../action-ids.ts';
import { memoryTextModal } from '../blocks/memory-blocks.ts';
import type { SlackEdge } from '../edge.ts';
import { callerOf } from '../namespaces.ts';
import { questionText } from '../question-text.ts';

/** "Remember this" on a message: its text in a field, to be put right before it is kept in the name of who saves it. */
export function listenToRemember(app: App, edge: SlackEdge): void {
  app.shortcut<MessageShortcut>(shortcutIds.remember, async ({ ack, shortcut, context }) => {
    await ack();
    const clients = edge.clients(context.botToken ?? '');
    const caller = callerOf(context, shortcut.user.id, shortcut.user.team_id, false);
    const person = await edge.directory.person(caller, clients.reads);
    const texts = textsFor(person.locale);
    const { channel, message, trigger_id } = shortcut;
    if (person.external) {
      await clients.posting.chat.postEphemeral({ channel: channel.id, user: person.user, text: texts.click.external });
      return;
    }
    const metadata = `${channel.id}|${message.thread_ts ?? ''}`;
    const text = questionText(message.text ?? '', context.botUserId);
    await clients.posting.views.open({ trigger_id, view: memoryTextModal('remember', text, metadata, texts) });
  });
}
