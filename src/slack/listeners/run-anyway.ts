import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { type SlackEdge, surfaceFor } from '../edge.ts';
import { withAudit } from '../with-audit.ts';
import { arrivalIn, onAnswerClick } from './click.ts';

/**
 * Run anyway, on SQL that the planner's estimate held back. Whether this person may is decided here and now by the core,
 * whoever the button was shown to; the order is audited, refused or not.
 */
export function listenToRunAnyway(app: App, edge: SlackEdge): void {
  const { conversation, ops } = edge.deps;
  onAnswerClick(app, edge, actionIds.runAnyway, async (click, record) => {
    const { clients, caller, person, place, actionTs } = click;
    const asked = { text: record.question.text, order: { kind: 'anyway', answer: record.id } } as const;
    const arrival = arrivalIn(caller, place, actionTs, asked, ops.clock.now());
    const who = { team: person.team, user: person.user, channel: place.channel };
    await withAudit(ops, { ...who, action: 'run anyway', target: record.id }, async () => {
      conversation.checkAnyway(record, person);
      await conversation.ask(
        arrival,
        surfaceFor(edge, clients, arrival, async () => {}),
      );
    });
  });
}
