import type { ContainerBlock as Container } from '@slack/types';
import { useId, useState } from 'react';
import type { Block } from '../../page-api.ts';
import { Icon } from '../parts/icon.tsx';
import { BlockList } from './block-surface.tsx';
import { LibraryBlock } from './library-block.tsx';
import { SlackText } from './slack-text.tsx';

/** A framed group of blocks under a title, which may fold it. */
export function ContainerBlock({ block }: { readonly block: Container }) {
  const [open, setOpen] = useState(!(block.is_collapsible && block.default_collapsed));
  const body = useId();
  const heading = (
    <span className="container__heading">
      <span className="container__title">
        {block.rich_text_title ? <LibraryBlock className="slack-inline" block={{ ...block.rich_text_title }} /> : <SlackText text={block.title} />}
      </span>
      {block.subtitle && (
        <span className="container__subtitle">
          <SlackText text={block.subtitle} />
        </span>
      )}
    </span>
  );
  return (
    <section className={`container container--${block.width ?? 'standard'}`}>
      {block.is_collapsible ? (
        <button type="button" className="container__header" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} size={16} />
          {heading}
        </button>
      ) : (
        <div className="container__header">{heading}</div>
      )}
      <div id={body} className="container__body" hidden={!open}>
        {open && <BlockList blocks={block.child_blocks as unknown as readonly Block[]} />}
      </div>
    </section>
  );
}
