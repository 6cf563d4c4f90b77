import type { PageChannel } from '../../page-api.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { formatRoute, type Tab } from '../store/route.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

const tabs = [
  { tab: 'home', label: 'Home' },
  { tab: 'messages', label: 'Messages' },
  { tab: 'about', label: 'About' },
] as const;

/** The name of the conversation, and its tabs. */
export function ConversationHeader({ channel, tab }: { readonly channel: PageChannel; readonly tab: Tab }) {
  const workspace = useWorkspace();
  return (
    <header className="conversation__header">
      <h1 className="conversation__title">
        {channel.is_im ? <Avatar person={workspace.bot} size={24} /> : <Icon name="hash" size={18} />}
        {channel.name}
        {channel.is_im && <span className="app-badge">APP</span>}
      </h1>
      {channel.topic && <p className="conversation__topic">{channel.topic}</p>}
      {channel.is_im && (
        <nav className="tabs" aria-label={`Tabs of ${channel.name}`}>
          {tabs.map((known) => (
            <a
              key={known.tab}
              className="tabs__tab"
              href={formatRoute({ channel: channel.id, tab: known.tab, thread: undefined })}
              aria-current={known.tab === tab ? 'page' : undefined}
            >
              {known.label}
            </a>
          ))}
        </nav>
      )}
    </header>
  );
}
