import type { SectionBlock as Section } from '@slack/types';
import { Element } from '../elements/element.tsx';
import { asSlackElement } from './block-kit.ts';
import { LibraryBlock } from './library-block.tsx';

type Props = { readonly block: Section; readonly blockId: string };

/** Text and fields, with an accessory at the right. */
export function SectionBlock({ block, blockId }: Props) {
  const { accessory, ...text } = block;
  return (
    <div className={`section ${accessory?.type === 'image' ? 'section--image' : ''}`}>
      <LibraryBlock block={{ ...text }} />
      {accessory && (
        <div className="section__accessory">
          <Element blockId={blockId} element={asSlackElement(accessory)} dispatches />
        </div>
      )}
    </div>
  );
}
