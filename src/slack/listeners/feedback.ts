import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { onAnswerClick } from './click.ts';

/** Thumbs under an answer. */
export function listenToFeedback(app: App, edge: SlackEdge): void {
  const { answers, conversation, ops } = edge.deps;
  onAnswerClick(app, edge, actionIds.feedback, async ({ person, texts, tell }, record, thumb) => {
    const value = thumb === 'good' ? 'good' : 'bad';
    await answers.feedback(person.team, record.id, person.user, value, ops.clock.now());
    await conversation.received(record, value);
    await tell(value === 'good' ? texts.click.thanks : texts.click.thanksBad);
  });
}
