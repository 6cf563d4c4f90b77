import { useEffect, useMemo, useState } from 'react';
import type { PageChannel } from '../../page-api.ts';
import type { MessagesByTs } from '../store/page-state.ts';
import { useActions } from '../store/page-store.tsx';

/**
 * Marks everything as read as soon as the end of the list is visible and the window has the focus. Returns the function
 * that the scroll pane calls when the end appears or disappears.
 */
export function useMarkRead(channel: PageChannel, messages: MessagesByTs | undefined): (atBottom: boolean) => void {
  const { markRead } = useActions();
  const [atBottom, setAtBottom] = useState(false);
  const inFront = useInFront();
  const newest = useMemo(() => Math.max(0, ...Object.keys(messages ?? {}).map(Number)), [messages]);
  const newestTs = newest > 0 ? newest.toFixed(6) : undefined;
  useEffect(() => {
    if (atBottom && inFront && newestTs && newest > Number(channel.last_read)) void markRead(channel.id, newestTs);
  }, [atBottom, inFront, newest, newestTs, channel.id, channel.last_read, markRead]);
  return setAtBottom;
}

function useInFront(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const follow = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return visible;
}
