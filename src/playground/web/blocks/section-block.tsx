import type { SectionBlock as Section } from '@slack/types';
import { Element } from '../elements/element.tsx';
import { asSlackElement } from './block-kit.ts';
import { SlackText } from './slack-text.tsx';

type Props = { readonly block: Section; readonly blockId: string };

/** Text and fields, with an element at the right. */
export function SectionBlock({ block, blockId }: Props) {
  const { accessory, fields, text } = block;
  return (
    <div className={`section ${accessory && accessory.type !== 'image' ? 'section--control' : ''}`}>
      <div className="section__text">
        <SlackText text={text} />
        {fields && (
          <div className="section__fields">
            {fields.map((field, index) => (
              <SlackText key={`${field.text} ${String(index)}`} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="section__accessory">
          <Element blockId={blockId} element={asSlackElement(accessory)} dispatches />
        </div>
      )}
    </div>
  );
}
