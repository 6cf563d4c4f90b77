import type { App } from '@slack/bolt';
import { chipAction } from '../action-ids.ts';
import { replyTo, type SlackEdge } from '../edge.ts';
import { onAnswerClick, questionOf } from './click.ts';

/** Another choice for a part of the interpretation: the changed question is asked in that thread, by the person who chose. */
export function listenToChips(app: App, edge: SlackEdge): void {
  const { conversation, ops } = edge.deps;
  onAnswerClick(app, edge, chipAction, async (click, { outcome }, argument) => {
    const [chip, choice] = argument.split('.').map(Number);
    const chips = outcome.status === 'answered' ? (outcome.measured?.chips ?? []) : [];
    const option = chips[chip ?? -1]?.options[choice ?? -1];
    if (option === undefined) return click.tell(click.texts.click.stale);
    const question = questionOf(click, option.question, ops.clock.now());
    const who = click.person.name;
    const asked = (texts: typeof click.texts) => ({ who: texts.asked(who), text: option.question });
    await conversation.ask(question, replyTo(edge, click.clients, question, asked));
  });
}
