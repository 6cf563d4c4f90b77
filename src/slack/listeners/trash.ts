import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { withAudit } from '../with-audit.ts';
import { onAnswerClick } from './click.ts';

/** The bin under an answer: deletes the message, for the person who asked and for admins. */
export function listenToTrash(app: App, edge: SlackEdge): void {
  onAnswerClick(app, edge, actionIds.trash, async ({ clients, messageTs, person, place, texts, tell }, record) => {
    if (record.question.person.user !== person.user && !person.admin) return tell(texts.click.notYours);
    const ts = messageTs ?? record.replyTs;
    const entry = {
      team: person.team,
      user: person.user,
      channel: place.channel,
      action: 'delete answer',
      target: record.id,
    };
    await withAudit(edge.deps.ops, entry, () => clients.posting.chat.delete({ channel: place.channel, ts }));
  });
}
