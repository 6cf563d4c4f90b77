import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { replyTo, type SlackEdge } from '../edge.ts';
import { withAudit } from '../with-audit.ts';
import { onAnswerClick, questionOf } from './click.ts';

/**
 * Run anyway, on SQL that the planner's estimate held back. Whether this person may is decided here and now by the core,
 * whoever the button was shown to; the order is audited, refused or not.
 */
export function listenToRunAnyway(app: App, edge: SlackEdge): void {
  const { conversation, ops } = edge.deps;
  onAnswerClick(app, edge, actionIds.runAnyway, async (click, record) => {
    const { person, place } = click;
    const question = questionOf(click, record.question.text, ops.clock.now());
    const reply = replyTo(edge, click.clients, question, (texts) => ({
      who: texts.ranAnyway(person.name),
      text: question.text,
    }));
    const entry = {
      team: person.team,
      user: person.user,
      channel: place.channel,
      action: 'run anyway',
      target: record.id,
    };
    await withAudit(ops, entry, () => conversation.runAnyway(record, question, reply));
  });
}
