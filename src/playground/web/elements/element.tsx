import type { SlackElement } from '../blocks/block-kit.ts';
import { ButtonElement } from './button-element.tsx';
import { ChoiceElement } from './choice-element.tsx';
import { DateElement } from './date-element.tsx';
import { FeedbackElement } from './feedback-element.tsx';
import { IconButtonElement } from './icon-button-element.tsx';
import { ImageAccessory } from './image-accessory.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { SelectElement } from './select-element.tsx';
import { TextElement } from './text-element.tsx';

type Props = { readonly blockId: string; readonly element: SlackElement; readonly dispatches: boolean };

/** An element of Block Kit, by its type. */
export function Element({ blockId, element, dispatches }: Props) {
  const common = { blockId, dispatches };
  switch (element.type) {
    case 'button':
      return <ButtonElement {...common} element={element} />;
    case 'feedback_buttons':
      return <FeedbackElement {...common} element={element} />;
    case 'icon_button':
      return <IconButtonElement {...common} element={element} />;
    case 'overflow':
      return <OverflowElement {...common} element={element} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <ChoiceElement {...common} element={element} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateElement {...common} element={element} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextElement {...common} element={element} />;
    case 'image':
      return <ImageAccessory element={element} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return <SelectElement {...common} element={element} />;
    default:
      return <span className="block-note">The playground has no {String((element as { type?: unknown }).type)}.</span>;
  }
}
