import type { ModalView } from '@slack/types';
import type { Texts } from '../../core/texts/texts-for.ts';
import { sqlField, viewIds } from '../action-ids.ts';
import { inert } from '../escape.ts';
import { slackLimits } from '../limits.ts';
import { paragraph, plain, preformatted } from './elements.ts';

/**
 * The SQL in a text field. SQL that is too long for Slack's field is shown to be copied, with how to run it. The modal
 * carries the answer's id; the SQL comes from the record when it opens and from the field when it is submitted.
 */
export function editSqlModal(sql: string, dataSource: string, answerId: string, texts: Texts): ModalView {
  const base = {
    type: 'modal' as const,
    callback_id: viewIds.editSql,
    private_metadata: answerId,
    title: plain(texts.edit.title, slackLimits.modalTitle),
    close: plain(texts.buttons.cancel, slackLimits.modalTitle),
  };
  const text = inert(sql);
  if (text.length > slackLimits.inputText)
    return {
      ...base,
      blocks: [paragraph(texts.edit.tooLong(text.length, slackLimits.inputText)), preformatted(text, 12_000)],
    };
  return {
    ...base,
    submit: plain(texts.buttons.run, slackLimits.modalTitle),
    blocks: [
      {
        type: 'input',
        block_id: sqlField,
        label: plain(texts.edit.label, slackLimits.modalTitle),
        hint: plain(texts.edit.hint(dataSource), slackLimits.contextText),
        element: {
          type: 'plain_text_input',
          action_id: sqlField,
          multiline: true,
          initial_value: text,
          max_length: slackLimits.inputText,
        },
      },
    ],
  };
}
