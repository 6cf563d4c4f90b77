import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useStickToBottom } from './use-stick-to-bottom.ts';

type Props = Parameters<typeof useStickToBottom>[0] & {
  readonly label: string;
  /** How many of them the person wrote: those are not new to them. */
  readonly ownCount?: number;
  readonly children: ReactNode;
};

/**
 * A list that stays at its end while it grows, for example while an answer streams in, but only if the person is there.
 * Otherwise nothing moves, and a pill announces new messages or an arrow leads to a distant end.
 */
export function ScrollPane({ label, ownCount = 0, children, ...options }: Props) {
  const count = options.count - ownCount;
  const { pane, content, onScroll, position } = useStickToBottom(options);
  const [seen, setSeen] = useState(count);
  const atBottom = position === 'bottom';
  useEffect(() => {
    setSeen((known) => (atBottom ? count : known || count));
  }, [atBottom, count]);

  const jump = () => pane.current?.scrollTo({ top: pane.current.scrollHeight });
  const fresh = atBottom ? 0 : count - seen;
  return (
    <div className="scroll-frame">
      <section ref={pane} className="scroll-pane" aria-label={label} onScroll={onScroll}>
        <div ref={content} className="scroll-pane__content">
          {children}
        </div>
      </section>
      {fresh > 0 && (
        <button type="button" className="jump" onClick={jump}>
          <Icon name="down" size={16} />
          {`${fresh} new ${fresh === 1 ? 'message' : 'messages'}`}
        </button>
      )}
      {fresh <= 0 && position === 'far' && (
        <IconButton icon="down" size={16} label="Jump to latest" className="jump-end" onClick={jump} />
      )}
    </div>
  );
}
