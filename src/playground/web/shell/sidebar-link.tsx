import type { ReactNode } from 'react';
import type { PageChannel } from '../../page-api.ts';
import { formatRoute } from '../store/route.ts';

type Props = {
  readonly channel: PageChannel;
  readonly icon: ReactNode;
  readonly current: string | undefined;
  readonly onNavigate: () => void;
};

/** A conversation in the sidebar: bold when there is something new, with a number when it concerns the person. */
export function SidebarLink({ channel, icon, current, onNavigate }: Props) {
  const isCurrent = channel.id === current;
  const isUnread = channel.unread > 0 && !isCurrent;
  return (
    <li>
      <a
        href={formatRoute({ channel: channel.id, tab: 'messages', thread: undefined })}
        className={`sidebar__link ${isUnread ? 'sidebar__link--unread' : ''}`}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={onNavigate}
      >
        {icon}
        <span className="sidebar__name">{channel.name}</span>
        {isUnread && <UnreadMark channel={channel} />}
      </a>
    </li>
  );
}

function UnreadMark({ channel }: { readonly channel: PageChannel }) {
  const words = `${channel.unread} unread`;
  return channel.mentioned ? (
    <span className="badge">
      {channel.unread > 99 ? '99+' : channel.unread}
      <span className="hidden"> unread</span>
    </span>
  ) : (
    <span className="hidden">, {words}</span>
  );
}
