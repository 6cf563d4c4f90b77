import { useMemo } from 'react';
import type { PageChannel } from '../../page-api.ts';
import { WelcomeCard } from '../home/welcome-card.tsx';
import { welcomeChannel } from '../home/welcome-channel.ts';
import { channelMessages } from '../store/page-state.ts';
import { useActions, usePage } from '../store/page-store.tsx';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { ChannelIntro } from './channel-intro.tsx';
import { MessageList } from './message-list.tsx';
import { MessageSkeleton } from './message-skeleton.tsx';
import { ScrollPane } from './scroll-pane.tsx';
import { useFirstUnread } from './use-first-unread.ts';
import { useMarkRead } from './use-mark-read.ts';

/** The messages of a channel, with what helps while there are none. */
export function ChannelPane({ channel }: { readonly channel: PageChannel }) {
  const state = usePage();
  const { loadOlder } = useActions();
  const [dismissed] = useStoredFlag('welcome-dismissed');
  const all = state.messages[channel.id];
  const messages = useMemo(() => channelMessages(all), [all]);
  const history = state.history[channel.id];
  const hasWelcome = !dismissed && welcomeChannel(state.channels)?.id === channel.id;
  const firstUnread = useFirstUnread(channel, history !== undefined, messages);
  const markRead = useMarkRead(channel, all);
  const { me, bot } = state.workspace;
  const mine = messages.findLast((message) => message.user === me.id);
  // A question opens its thread beside the channel: the welcome's other questions then stay in sight.
  const isQuestion = mine?.text.includes(`<@${bot.id}>`) === true;
  return (
    <ScrollPane
      label={`Messages in ${channel.name}`}
      count={messages.length}
      ownCount={messages.filter((message) => message.user === me.id).length}
      followKey={hasWelcome && isQuestion ? undefined : mine?.ts}
      startAtTop={hasWelcome && messages.length < 4}
      onBottom={markRead}
      onTop={history?.hasMore ? () => void loadOlder(channel.id) : undefined}
    >
      {history && !history.hasMore && (
        <ChannelIntro channel={channel} isEmpty={messages.length === 0} compact={hasWelcome} />
      )}
      {hasWelcome && <WelcomeCard channel={channel.id} />}
      {history ? <MessageList messages={messages} firstUnread={firstUnread} /> : <MessageSkeleton />}
    </ScrollPane>
  );
}
