import type { App } from '@slack/bolt';
import { suggestionAction } from '../action-ids.ts';
import { replyTo, type SlackEdge } from '../edge.ts';
import { onAnswerClick, questionOf } from './click.ts';

/** A follow-up under an answer: asked in that thread, by the person who clicked. */
export function listenToSuggestions(app: App, edge: SlackEdge): void {
  const { conversation, ops } = edge.deps;
  onAnswerClick(app, edge, suggestionAction, async (click, record, index) => {
    const suggestion = record.outcome.suggestions[Number(index)];
    if (suggestion === undefined) return click.tell(click.texts.click.stale);
    const question = questionOf(click, suggestion.text, ops.clock.now());
    const who = click.person.name;
    const asked = (texts: typeof click.texts) => ({ who: texts.asked(who), text: suggestion.text });
    await conversation.ask(question, replyTo(edge, click.clients, question, asked));
  });
}
