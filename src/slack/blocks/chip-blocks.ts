import type { KnownBlock, StaticSelect } from '@slack/types';
import type { Answered } from '../../core/answers/outcome.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { actionIds } from '../action-ids.ts';
import { slackLimits } from '../limits.ts';
import { actions, plain } from './elements.ts';

/** A row of selects, one for each part of the interpretation. A choice asks again with that part changed. */
export function chipBlocks({ measured }: Pick<Answered, 'measured'>, answerId: string, texts: Texts): KnownBlock[] {
  const selects = (measured?.chips ?? []).slice(0, slackLimits.chips).map(
    ({ part, label, options }, index): StaticSelect => ({
      type: 'static_select',
      action_id: actionIds.chip(index),
      placeholder: plain(texts.answer.chip(part, label), slackLimits.buttonText),
      options: options.map((option, choice) => ({
        text: plain(option.label, slackLimits.buttonText),
        value: `${answerId}|${index}.${choice}`,
      })),
    }),
  );
  return selects.length === 0 ? [] : [actions(selects)];
}
