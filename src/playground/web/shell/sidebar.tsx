import { usePage } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { SidebarLink } from './sidebar-link.tsx';
import { SidebarSection } from './sidebar-section.tsx';

type Props = { readonly current: string | undefined; readonly onNavigate: () => void };

/** Channels and apps, with unread marks. A drawer on a phone. */
export function Sidebar({ current, onNavigate }: Props) {
  const { workspace, channels } = usePage();
  const link = { current, onNavigate };
  return (
    <nav className="sidebar" aria-label="Channels and apps">
      <div className="sidebar__team">
        <span className="sidebar__team-name">{workspace.team.name}</span>
        <span className="sidebar__tag">playground</span>
      </div>
      <div className="sidebar__scroll">
        <SidebarSection title="Channels">
          {channels
            .filter((channel) => !channel.is_im)
            .map((channel) => (
              <SidebarLink key={channel.id} channel={channel} icon={<Icon name="hash" size={16} />} {...link} />
            ))}
        </SidebarSection>
        <SidebarSection title="Apps">
          {channels
            .filter((channel) => channel.is_im)
            .map((channel) => (
              <SidebarLink
                key={channel.id}
                channel={channel}
                icon={<Avatar person={workspace.bot} size={20} />}
                {...link}
              />
            ))}
        </SidebarSection>
      </div>
      <p className="sidebar__note">
        The real bot on demo data, on this computer only. Nothing you type here reaches Slack.
      </p>
    </nav>
  );
}
