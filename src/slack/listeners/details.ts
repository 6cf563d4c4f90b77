import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { detailsModal } from '../blocks/answer-modals.ts';
import type { SlackEdge } from '../edge.ts';
import { onAnswerClick } from './click.ts';

/** Details: everything there is to know about an answer. */
export function listenToDetails(app: App, edge: SlackEdge): void {
  onAnswerClick(app, edge, actionIds.details, async ({ clients, person, texts, triggerId }, record) => {
    await clients.posting.views.open({ trigger_id: triggerId, view: detailsModal(record, person.admin, texts) });
  });
}
