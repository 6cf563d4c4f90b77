import type { ModalView } from '@slack/types';
import type { AnswerRecord } from '../../core/answers/answer-store.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { scopeField, viewIds, wordingsField } from '../action-ids.ts';
import { clip, inert } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { plain } from './elements.ts';

/**
 * Asks for the questions that the SQL answers, and where it applies. The SQL is read from the record when the modal is
 * submitted.
 */
export function saveVerifiedModal({ id, question, outcome }: AnswerRecord, texts: Texts): ModalView {
  const { vouch, buttons } = texts;
  const option = (text: string, value: 'channel' | 'source') => ({ text: plain(text, slackLimits.buttonText), value });
  const everywhere = option(vouch.everywhere('dataSource' in outcome ? (outcome.dataSource ?? '') : ''), 'source');
  const here = option(vouch.here, 'channel');
  return {
    type: 'modal',
    callback_id: viewIds.saveVerified,
    private_metadata: id,
    title: plain(vouch.title, slackLimits.modalTitle),
    submit: plain(buttons.save, slackLimits.modalTitle),
    close: plain(buttons.cancel, slackLimits.modalTitle),
    blocks: [
      {
        type: 'input',
        block_id: wordingsField,
        label: plain(vouch.wordings, slackLimits.modalTitle),
        hint: plain(vouch.hint, slackLimits.contextText),
        element: {
          type: 'plain_text_input',
          action_id: wordingsField,
          multiline: true,
          initial_value: clip(inert(question.text), slackLimits.inputText),
          max_length: slackLimits.inputText,
        },
      },
      {
        type: 'input',
        block_id: scopeField,
        label: plain(vouch.scope, slackLimits.modalTitle),
        element: { type: 'static_select', action_id: scopeField, options: [here, everywhere], initial_option: here },
      },
    ],
  };
}
