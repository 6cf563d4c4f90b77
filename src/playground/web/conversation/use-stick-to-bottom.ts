import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

type Options = {
  /** How many messages there are. */
  readonly count: number;
  /** Changes when the person wrote something: then the end is shown. */
  readonly followKey?: string | undefined;
  readonly startAtTop?: boolean;
  readonly onBottom?: ((atBottom: boolean) => void) | undefined;
  /** The upper end came near: older messages are wanted. Asked once for each length of the list. */
  readonly onTop?: (() => void) | undefined;
};

type Stick = {
  readonly pane: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly position: 'top' | 'middle' | 'bottom';
};

/** So near to an end counts as being there, in pixels. */
const near = 48;

/** Keeps a growing list at its end, as long as the person is there. */
export function useStickToBottom({ count, followKey, startAtTop = false, onBottom, onTop }: Options): Stick {
  const pane = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stick = useRef(!startAtTop);
  const followed = useRef(followKey);
  const length = useRef({ now: 0, asked: -1 });
  const lastTop = useRef(0);
  const [position, setPosition] = useState<Stick['position']>('bottom');

  const onScroll = useCallback(() => {
    const element = pane.current;
    if (!element) return;
    const atBottom = element.scrollHeight - element.scrollTop - element.clientHeight < near;
    // Only a person scrolls up. A list that has just grown is not at its end either, but nobody has left it.
    if (atBottom) stick.current = true;
    else if (element.scrollTop < lastTop.current) stick.current = false;
    lastTop.current = element.scrollTop;
    setPosition(atBottom ? 'bottom' : element.scrollTop === 0 ? 'top' : 'middle');
    onBottom?.(atBottom);
    if (element.scrollTop < near * 4 && length.current.asked !== length.current.now) {
      length.current.asked = length.current.now;
      onTop?.();
    }
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

  useLayoutEffect(() => {
    if (followKey === followed.current) return;
    const isFirstLoad = length.current.now === 0;
    followed.current = followKey;
    if (!followKey || (isFirstLoad && startAtTop)) return;
    stick.current = true;
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  }, [followKey, startAtTop]);

  useEffect(() => {
    length.current.now = count;
  }, [count]);

  return { pane, content, onScroll, position };
}
