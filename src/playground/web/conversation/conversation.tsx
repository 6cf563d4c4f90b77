import { useEffect } from 'react';
import type { PageChannel } from '../../page-api.ts';
import { Composer } from '../composer/composer.tsx';
import { AboutTab } from '../home/about-tab.tsx';
import { AppHome } from '../home/app-home.tsx';
import { useActions, usePage } from '../store/page-store.tsx';
import type { Tab } from '../store/route.ts';
import { ChannelPane } from './channel-pane.tsx';
import { ConversationHeader } from './conversation-header.tsx';

type Props = { readonly channel: PageChannel; readonly tab: Tab };

/** The middle of the window: a channel, or the app with its three tabs. */
export function Conversation({ channel, tab }: Props) {
  const { history } = usePage();
  const { loadHistory, openHome } = useActions();
  const loaded = history[channel.id] !== undefined;
  const shown = channel.is_im ? tab : 'messages';
  useEffect(() => {
    if (!loaded) void loadHistory(channel.id);
  }, [loaded, channel.id, loadHistory]);
  useEffect(() => {
    if (channel.is_im && shown !== 'about') void openHome(shown);
  }, [channel.is_im, shown, openHome]);
  return (
    <main className="conversation" aria-label={channel.is_im ? channel.name : `Channel ${channel.name}`}>
      <ConversationHeader channel={channel} tab={shown} />
      {shown === 'messages' && (
        <>
          <ChannelPane channel={channel} />
          <Composer conversation={{ channel: channel.id }} placeholder={placeholder(channel)} />
        </>
      )}
      {shown === 'home' && <AppHome />}
      {shown === 'about' && <AboutTab />}
    </main>
  );
}

function placeholder(channel: PageChannel): string {
  return channel.is_im ? `Ask ${channel.name} about your data` : `Message #${channel.name}`;
}
