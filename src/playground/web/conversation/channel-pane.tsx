import { useMemo } from 'react';
import type { PageChannel } from '../../page-api.ts';
import { WelcomeCard } from '../home/welcome-card.tsx';
import { welcomeChannel } from '../home/welcome-channel.ts';
import { WelcomeStrip } from '../home/welcome-strip.tsx';
import { channelMessages } from '../store/page-state.ts';
import { useActions, usePage } from '../store/page-store.tsx';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { ChannelIntro } from './channel-intro.tsx';
import { MessageList } from './message-list.tsx';
import { MessageSkeleton } from './message-skeleton.tsx';
import { ScrollPane } from './scroll-pane.tsx';
import { useFirstUnread } from './use-first-unread.ts';
import { useMarkRead } from './use-mark-read.ts';

/**
 * The messages of a channel. A welcome fills an empty channel; after the first message it folds to a strip above, so
 * that its questions stay available.
 */
export function ChannelPane({ channel }: { readonly channel: PageChannel }) {
  const state = usePage();
  const { loadOlder } = useActions();
  const [dismissed] = useStoredFlag('welcome-dismissed');
  const all = state.messages[channel.id];
  const messages = useMemo(() => channelMessages(all), [all]);
  const history = state.history[channel.id];
  const hasWelcome = !dismissed && welcomeChannel(state.channels)?.id === channel.id && history !== undefined;
  const isFirst = hasWelcome && messages.length === 0;
  const firstUnread = useFirstUnread(channel, history !== undefined, messages);
  const markRead = useMarkRead(channel, all);
  const { me } = state.workspace;
  const mine = messages.filter((message) => message.user === me.id);
  return (
    <>
      {hasWelcome && !isFirst && <WelcomeStrip channel={channel.id} />}
      <ScrollPane
        // The welcome is read from its top, messages from their end.
        key={isFirst ? 'welcome' : 'messages'}
        label={`Messages in ${channel.name}`}
        count={messages.length}
        ownCount={mine.length}
        followKey={mine.at(-1)?.ts}
        startAtTop={isFirst}
        onBottom={markRead}
        onTop={history?.hasMore ? () => void loadOlder(channel.id) : undefined}
      >
        {history && !history.hasMore && (
          <ChannelIntro channel={channel} isEmpty={messages.length === 0} compact={hasWelcome} />
        )}
        {isFirst && <WelcomeCard channel={channel.id} />}
        {history ? <MessageList messages={messages} firstUnread={firstUnread} /> : <MessageSkeleton />}
      </ScrollPane>
    </>
  );
}
