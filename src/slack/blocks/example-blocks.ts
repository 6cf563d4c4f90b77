import type { KnownBlock } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { button, section } from './elements.ts';

const shownExamples = 5;

/** Questions to start with, each with a button that asks it in the direct message. */
export const exampleBlocks = (examples: readonly string[], texts: Texts): KnownBlock[] =>
  examples
    .slice(0, shownExamples)
    .map((text, index) => section(text, button(actionIds.example(index), texts.buttons.ask, String(index))));
