import { welcomeChannel } from '../home/welcome-channel.ts';
import { usePage } from '../store/page-store.tsx';
import { goTo } from '../store/route.ts';
import { useStoredFlag } from '../store/use-stored-flag.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ActingAs } from './acting-as.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type Props = {
  readonly onActAs: (person: string) => void;
  readonly onSearch: () => void;
  readonly onMenu: () => void;
  readonly menuOpen: boolean;
};

/**
 * Search in the middle as in Slack. The playground's own controls are at the right, so that nobody takes them for
 * Slack's.
 */
export function TopBar({ onActAs, onSearch, onMenu, menuOpen }: Props) {
  const { workspace, channels } = usePage();
  const [, setDismissed] = useStoredFlag('welcome-dismissed');
  const [, setOpen] = useStoredFlag('welcome-open');
  const showWelcome = () => {
    setDismissed(false);
    setOpen(true);
    goTo({ channel: welcomeChannel(channels)?.id });
  };
  return (
    <header className="top-bar">
      <IconButton icon="menu" label="Channels" className="top-bar__menu" onClick={onMenu} aria-expanded={menuOpen} />
      <button type="button" className="top-bar__search" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" size={16} />
        <span className="top-bar__search-text">Jump to a channel in {workspace.team.name}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-bar__own">
        <IconButton icon="help" label="Show the welcome" onClick={showWelcome} />
        <ThemeSwitch />
        <ActingAs onActAs={onActAs} />
      </div>
    </header>
  );
}
