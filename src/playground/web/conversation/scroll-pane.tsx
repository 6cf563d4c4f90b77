import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';

type Props = {
  readonly label: string;
  /** How many messages there are: growth while scrolled up shows the pill with the number. */
  readonly count: number;
  /** Changes when the person wrote something: then the end is shown. */
  readonly followKey?: string | undefined;
  readonly startAtTop?: boolean;
  readonly onBottom?: ((atBottom: boolean) => void) | undefined;
  /** The upper end came near: older messages are wanted. */
  readonly onTop?: (() => void) | undefined;
  readonly children: ReactNode;
};

/** So near to an end counts as being there, in pixels. */
const near = 48;

/**
 * A list that stays at its end while it grows, e.g. while an answer streams in, but only if the person is there;
 * otherwise nothing moves and a pill leads to the end.
 */
export function ScrollPane({ label, count, followKey, startAtTop = false, onBottom, onTop, children }: Props) {
  const pane = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stick = useRef(!startAtTop);
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(count);

  const onScroll = useCallback(() => {
    const element = pane.current;
    if (!element) return;
    const atBottom = element.scrollHeight - element.scrollTop - element.clientHeight < near;
    stick.current = atBottom;
    setAway(!atBottom);
    onBottom?.(atBottom);
    if (element.scrollTop < near * 4) onTop?.();
  }, [onBottom, onTop]);

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element || !content.current) return;
    const settle = () => {
      if (stick.current) element.scrollTop = element.scrollHeight;
      onScroll();
    };
    const observer = new ResizeObserver(settle);
    observer.observe(content.current);
    observer.observe(element);
    return () => observer.disconnect();
  }, [onScroll]);

  useEffect(() => {
    if (!away) setSeen(count);
    else setSeen((known) => known || count);
  }, [away, count]);

  const followed = useRef(followKey);
  useLayoutEffect(() => {
    const isFirst = followed.current === undefined;
    if (followKey === followed.current) return;
    followed.current = followKey;
    if (isFirst && startAtTop) return;
    stick.current = true;
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  }, [followKey, startAtTop]);

  const jump = () => pane.current?.scrollTo({ top: pane.current.scrollHeight });
  const fresh = count - seen;
  return (
    <div className="scroll-frame">
      <section ref={pane} className="scroll-pane" aria-label={label} onScroll={onScroll}>
        <div ref={content} className="scroll-pane__content">
          {children}
        </div>
      </section>
      {away && (
        <button type="button" className={`jump ${fresh > 0 ? 'jump--fresh' : ''}`} onClick={jump}>
          <Icon name="down" size={16} />
          {fresh > 0 ? `${fresh} new ${fresh === 1 ? 'message' : 'messages'}` : 'Jump to latest'}
        </button>
      )}
    </div>
  );
}
