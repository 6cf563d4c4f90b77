import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { actions, button, context } from './elements.ts';

/**
 * What is shown while a question is worked on. Its Stop carries the session (`team:channel:thread`) and who may press
 * it: nothing of the answer exists yet that could be looked up. No `asker`: Slack shows a Stop of its own.
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
