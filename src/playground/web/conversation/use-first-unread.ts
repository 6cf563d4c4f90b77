import { useRef } from 'react';
import type { PageChannel, PageMessage } from '../../page-api.ts';
import { useWorkspace } from '../store/page-store.tsx';

/**
 * The first message that was unread when the channel was opened. It stays the same while the person reads, and messages
 * that arrive meanwhile are not new, because the person sees them arrive.
 */
export function useFirstUnread(
  channel: PageChannel,
  loaded: boolean,
  messages: readonly PageMessage[],
): string | undefined {
  const { me } = useWorkspace();
  const lastRead = useRef(Number(channel.last_read));
  const found = useRef<{ readonly ts: string | undefined }>(undefined);
  if (!found.current && loaded) {
    const first = messages.find((message) => Number(message.ts) > lastRead.current && message.user !== me.id);
    found.current = { ts: lastRead.current > 0 ? first?.ts : undefined };
  }
  return found.current?.ts;
}
