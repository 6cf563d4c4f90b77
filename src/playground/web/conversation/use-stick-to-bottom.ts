import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createScrollFollower, type ScrollFollower } from './scroll-follower.ts';

type Options = {
  /** How many messages there are. */
  readonly count: number;
  /** Changes when the person wrote something: then the end is shown. */
  readonly followKey?: string | undefined;
  readonly startAtTop?: boolean;
  /** The newest message came into sight, or left it. */
  readonly onBottom?: ((isSeen: boolean) => void) | undefined;
  /** The upper end came near: older messages are wanted. Asked once for each length of the list. */
  readonly onTop?: (() => void) | undefined;
};

type Stick = {
  readonly pane: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** `far`: the person went more than a screen above the end. */
  readonly position: 'bottom' | 'near' | 'far';
};

/** Distance to the upper end at which older messages are loaded, in pixels. */
const nearTop = 192;

/** Keeps a growing list at its end, or a tall newest message at its beginning, as long as the person is there. */
export function useStickToBottom({ count, followKey, startAtTop = false, onBottom, onTop }: Options): Stick {
  const pane = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follower = useRef<ScrollFollower>(undefined);
  const followed = useRef(followKey);
  const length = useRef({ now: 0, asked: -1 });
  const [position, setPosition] = useState<Stick['position']>('bottom');

  const onScroll = useCallback(() => {
    const element = pane.current;
    if (!element || !follower.current) return;
    follower.current.onScroll();
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const isSeen = follower.current.isSeen();
    const isFar = !isSeen && below > element.clientHeight;
    setPosition(follower.current.isAtEnd() ? 'bottom' : isFar ? 'far' : 'near');
    onBottom?.(isSeen);
    if (element.scrollTop < nearTop && length.current.asked !== length.current.now) {
      length.current.asked = length.current.now;
      onTop?.();
    }
  }, [onBottom, onTop]);

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element || !content.current) return;
    follower.current ??= createScrollFollower(element, startAtTop ? 'free' : 'end');
    const reportClick = (event: MouseEvent) => follower.current?.onClick(event.target);
    const observer = new ResizeObserver(() => {
      follower.current?.onResize();
      onScroll();
    });
    observer.observe(content.current);
    observer.observe(element);
    element.addEventListener('click', reportClick);
    return () => {
      observer.disconnect();
      element.removeEventListener('click', reportClick);
    };
  }, [onScroll, startAtTop]);

  useLayoutEffect(() => {
    if (followKey === followed.current) return;
    const isFirstLoad = length.current.now === 0;
    followed.current = followKey;
    if (followKey && !(isFirstLoad && startAtTop)) follower.current?.follow();
  }, [followKey, startAtTop]);

  useEffect(() => {
    length.current.now = count;
  }, [count]);

  return { pane, content, onScroll, position };
}
