import type { ImageBlock as Image } from '@slack/types';
import { useState } from 'react';
import { asPerson } from '../api/playground-client.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { Icon } from '../ui/icon.tsx';

/** A picture with its title. The page's policy forbids pictures from other servers, so their text is shown. */
export function ImageBlock({ block }: { readonly block: Image }) {
  const { me } = useWorkspace();
  const [failed, setFailed] = useState(false);
  const source = 'image_url' in block ? asPerson(block.image_url, me.id) : undefined;
  return (
    <figure className="image-block">
      {block.title && <figcaption>{block.title.text}</figcaption>}
      {source && !failed ? (
        <img src={source} alt={block.alt_text} loading="lazy" onError={() => setFailed(true)} />
      ) : (
        <p className="block-note">
          <Icon name="image" size={18} /> {block.alt_text}
        </p>
      )}
    </figure>
  );
}
