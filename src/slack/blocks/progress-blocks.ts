import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { actions, button, context } from './elements.ts';

/**
 * Shown while a question is worked on. Its Stop button carries the session (`team:channel:thread`) and who may press
 * it, because no answer exists yet that could be looked up. Without `asker` Slack shows its own Stop button.
 */
export const progressBlocks = (
  text: string,
  session: string,
  asker: string | undefined,
  texts: Texts,
): KnownBlock[] => [
  context(text),
  ...(asker === undefined ? [] : [actions([button(actionIds.stop, texts.stop, `${session}|${asker}`)])]),
];
