import type { App } from '@slack/bolt';
import { chipAction } from '../action-ids.ts';
import type { SlackEdge } from '../edge.ts';
import { onAskingClick } from './click.ts';

/** Another choice for a part of the interpretation: the changed question is asked in that thread, by the person who chose. */
export function listenToChips(app: App, edge: SlackEdge): void {
  onAskingClick(app, edge, chipAction, ({ outcome }, argument) => {
    const [chip, choice] = argument.split('.').map(Number);
    const chips = outcome.status === 'answered' ? (outcome.measured?.chips ?? []) : [];
    const option = chips[chip ?? -1]?.options[choice ?? -1];
    return option && { text: option.question, order: { kind: 'suggested' } };
  });
}
