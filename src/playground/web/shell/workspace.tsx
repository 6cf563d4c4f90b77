import { useEffect, useState } from 'react';
import { Conversation } from '../conversation/conversation.tsx';
import { ThreadPane } from '../conversation/thread-pane.tsx';
import { ModalStack } from '../modal/modal-stack.tsx';
import { usePage } from '../store/page-store.tsx';
import { closeThread, goTo, useRoute } from '../store/route.ts';
import { Toasts } from '../ui/toasts.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { QuickSwitcher } from './quick-switcher.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcutKeys } from './use-shortcut-keys.ts';

/** The whole window: top bar, sidebar, conversation and thread. */
export function Workspace({ onActAs }: { readonly onActAs: (person: string) => void }) {
  const { channels, workspace } = usePage();
  const route = useRoute();
  const [switching, setSwitching] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const channel = channels.find((known) => known.id === route.channel);
  const unread = channels.reduce((sum, known) => sum + (known.mentioned ? known.unread : 0), 0);
  const onEscape = () => {
    if (drawer) setDrawer(false);
    else if (!leaveDraft()) closeThread();
  };
  useShortcutKeys({ onSwitch: () => setSwitching(true), onEscape });
  useEffect(() => {
    if (!channel && channels[0]) goTo({ channel: channels[0].id });
  }, [channel, channels]);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${channel ? `${channel.name} · ` : ''}${workspace.team.name}`;
  }, [channel, unread, workspace.team.name]);
  return (
    <div className={`workspace ${route.thread ? 'workspace--thread' : ''} ${drawer ? 'workspace--drawer' : ''}`}>
      <TopBar
        onActAs={onActAs}
        onSearch={() => setSwitching(true)}
        onMenu={() => setDrawer(!drawer)}
        menuOpen={drawer}
      />
      <ConnectionBar />
      <Sidebar current={channel?.id} onNavigate={() => setDrawer(false)} />
      <button
        type="button"
        className="drawer-shade"
        aria-label="Close the channel list"
        onClick={() => setDrawer(false)}
        tabIndex={drawer ? 0 : -1}
      />
      {channel && <Conversation key={channel.id} channel={channel} tab={route.tab} />}
      {channel && route.thread && (
        <ThreadPane key={`${channel.id} ${route.thread}`} channel={channel} threadTs={route.thread} />
      )}
      {switching && <QuickSwitcher onClose={() => setSwitching(false)} />}
      <ModalStack />
      <Toasts />
    </div>
  );
}

/** Escape in a field with unsent text only leaves the field, so that its thread stays open. */
function leaveDraft(): boolean {
  const field = document.querySelector<HTMLTextAreaElement>('.thread .composer textarea');
  if (!field?.value.trim()) return false;
  field.blur();
  return true;
}
