import type { ImageElement } from '@slack/types';
import { useState } from 'react';
import { asPerson } from '../api/playground-client.ts';
import { useWorkspace } from '../store/page-store.tsx';

/** A small picture next to a section. */
export function ImageAccessory({ element }: { readonly element: ImageElement }) {
  const { me } = useWorkspace();
  const [failed, setFailed] = useState(false);
  if (!('image_url' in element) || failed) return <span className="block-note">{element.alt_text}</span>;
  return (
    <img
      className="accessory-image"
      src={asPerson(element.image_url, me.id)}
      alt={element.alt_text}
      onError={() => setFailed(true)}
    />
  );
}
