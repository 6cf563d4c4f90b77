import type { App } from '@slack/bolt';
import { suggestionAction } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { onAskingClick } from './click.ts';

/** A follow-up under an answer: asked in that thread, by the person who clicked. */
export function listenToSuggestions(app: App, edge: SlackEdge): void {
  onAskingClick(app, edge, suggestionAction, ({ outcome }, index) => {
    const suggestion = outcome.suggestions[Number(index)];
    return suggestion && { text: suggestion.text, order: { kind: 'suggested' } };
  });
}
