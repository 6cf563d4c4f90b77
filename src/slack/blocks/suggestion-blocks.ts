import type { KnownBlock } from '@slack/types';
import type { Suggestion } from '../../core/answers/outcome.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { actions, button, section } from './elements.ts';

/**
 * Follow-up questions to click: buttons when the questions fit on them, otherwise a line with a button for each,
 * because nobody can judge a question that is cut off. A button carries the answer's id and the question's number.
 */
export function suggestionBlocks(
  suggestions: readonly Suggestion[],
  answerId: string,
  texts: Texts,
  most: number = slackLimits.suggestions,
): KnownBlock[] {
  const offered = suggestions.slice(0, most).map(({ text }, index) => ({
    text: inertLine(text),
    id: actionIds.suggestion(index),
    value: `${answerId}|${index}`,
  }));
  if (offered.length === 0) return [];
  return offered.every(({ text }) => text.length <= slackLimits.buttonText)
    ? [actions(offered.map(({ text, id, value }) => button(id, text, value)))]
    : offered.map(({ text, id, value }) => section(text, button(id, texts.buttons.ask, value)));
}
