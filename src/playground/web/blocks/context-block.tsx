import type { ContextBlock as Context } from '@slack/types';
import { ImageAccessory } from '../elements/image-accessory.tsx';
import { SlackText } from './slack-text.tsx';

/** Small print: texts and small pictures in a row. */
export function ContextBlock({ block }: { readonly block: Context }) {
  return (
    <div className="context">
      {block.elements.map((element, index) =>
        element.type === 'image' ? (
          <ImageAccessory key={`${element.alt_text} ${String(index)}`} element={element} />
        ) : (
          <SlackText key={`${element.text} ${String(index)}`} text={element} />
        ),
      )}
    </div>
  );
}
