import type {
  Button,
  Checkboxes,
  Datepicker,
  DateTimepicker,
  EmailInput,
  FeedbackButtons,
  IconButton,
  ImageElement,
  KnownBlock,
  MultiSelect,
  NumberInput,
  Overflow,
  PlainTextInput,
  RadioButtons,
  Select,
  Timepicker,
  URLInput,
} from '@slack/types';
import type { DataVisualizationBlock } from 'slack-blocks-to-jsx';
import type { Block } from '../../page-api.ts';

/** A block by its published shape. */
export type SlackBlock = KnownBlock | DataVisualizationBlock;

/** Elements that this page renders itself, because the renderer's have no callbacks. */
export type SlackElement =
  | Button
  | Checkboxes
  | Datepicker
  | DateTimepicker
  | EmailInput
  | FeedbackButtons
  | IconButton
  | ImageElement
  | MultiSelect
  | NumberInput
  | Overflow
  | PlainTextInput
  | RadioButtons
  | Select
  | Timepicker
  | URLInput;

/** Casts: the server has checked the block before it stored it. */
export function asSlackBlock(block: Block): SlackBlock {
  return block as unknown as SlackBlock;
}

/** An element of any kind; unknown kinds are drawn as a note. */
export function asSlackElement(element: unknown): SlackElement {
  return element as SlackElement;
}

/** The interactive elements of a block, including those in containers, each with its block. */
export function elementsOf(blocks: readonly Block[]): readonly { blockId: string; element: SlackElement }[] {
  return blocks.flatMap((given) => {
    const block = asSlackBlock(given);
    const blockId = given.block_id ?? '';
    const own = (elements: readonly unknown[]) =>
      elements.map((element) => ({ blockId, element: asSlackElement(element) }));
    if (block.type === 'container') return elementsOf(block.child_blocks as unknown as readonly Block[]);
    if (block.type === 'actions') return own(block.elements);
    if (block.type === 'input') return own([block.element]);
    if (block.type === 'section' && block.accessory) return own([block.accessory]);
    return [];
  });
}
