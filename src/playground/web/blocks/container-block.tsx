import type { ContainerBlock as Container } from '@slack/types';
import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { LibraryBlock } from './library-block.tsx';
import { SlackText } from './slack-text.tsx';

type Props = { readonly block: Container; readonly children: ReactNode };

/** A framed group of blocks under a title, which may fold it. */
export function ContainerBlock({ block, children }: Props) {
  const [open, setOpen] = useState(!(block.is_collapsible && block.default_collapsed));
  const body = useId();
  const heading = (
    <span className="container__heading">
      <span className="container__title">
        {block.rich_text_title ? (
          <LibraryBlock className="slack-inline" block={{ ...block.rich_text_title }} />
        ) : (
          <SlackText inline text={block.title} />
        )}
      </span>
      {block.subtitle && (
        <span className="container__subtitle">
          <SlackText inline text={block.subtitle} />
        </span>
      )}
    </span>
  );
  return (
    <section className={`container container--${block.width ?? 'standard'}`}>
      {block.is_collapsible ? (
        <button
          type="button"
          className="container__header"
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'right'} size={16} />
          {heading}
        </button>
      ) : (
        <div className="container__header">{heading}</div>
      )}
      <div id={body} className="container__body" hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}
