import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { onAskingClick } from './click.ts';

/** Run again: the same SQL on today's data. On an answer that failed: the same question again. */
export function listenToRunAgain(app: App, edge: SlackEdge): void {
  onAskingClick(app, edge, actionIds.runAgain, ({ id, question, outcome }) => ({
    text: question.text,
    order: outcome.status === 'answered' ? { kind: 'again', answer: id } : { kind: 'suggested' },
  }));
}
