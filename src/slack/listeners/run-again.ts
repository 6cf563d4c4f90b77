import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { replyTo, type SlackEdge } from '../edge.ts';
import { onAnswerClick, questionOf } from './click.ts';

/** Run again: the same SQL on today's data. On an answer that failed: the same question again. */
export function listenToRunAgain(app: App, edge: SlackEdge): void {
  const { conversation, ops } = edge.deps;
  onAnswerClick(app, edge, actionIds.runAgain, async (click, record) => {
    const question = questionOf(click, record.question.text, ops.clock.now());
    const who = click.person.name;
    const reply = replyTo(edge, click.clients, question, (texts) => ({
      who: texts.ranAgain(who),
      text: question.text,
    }));
    if (record.outcome.status === 'answered') await conversation.runAgain(record, question, reply);
    else await conversation.ask(question, reply);
  });
}
