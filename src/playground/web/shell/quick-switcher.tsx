import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { usePage } from '../store/page-store.tsx';
import { goTo } from '../store/route.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { nextIndex } from '../ui/menu.tsx';

/** Ctrl/Cmd+K: type part of a name, Enter opens it. */
export function QuickSwitcher({ onClose }: { readonly onClose: () => void }) {
  const { channels, workspace } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => dialog.current?.showModal(), []);
  const found = channels.filter((channel) => channel.name.toLowerCase().includes(typed.trim().toLowerCase()));
  const chosen = found[Math.min(at, found.length - 1)];
  const go = (channel: string | undefined) => {
    if (channel) goTo({ channel });
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.key === 'Home' || event.key === 'End' ? undefined : nextIndex(event.key, at, found.length);
    if (next !== undefined) setAt(next);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(chosen?.id);
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="switcher" aria-label="Jump to a conversation" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="switcher-list"
        aria-activedescendant={chosen && `switcher-${chosen.id}`}
        aria-label="Channel or app"
        placeholder="Where would you like to go?"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="switcher-list" role="listbox" aria-label="Conversations" tabIndex={-1} className="switcher__list">
        {found.map((channel) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the combobox above
          <div
            key={channel.id}
            id={`switcher-${channel.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={channel === chosen}
            className="switcher__item"
            onClick={() => go(channel.id)}
          >
            {channel.is_im ? <Avatar person={workspace.bot} size={20} /> : <Icon name="hash" size={16} />}
            <b>{channel.name}</b>
            <span className="switcher__topic">{channel.topic}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="switcher__none">Nothing here is called “{typed}”. Try “general”.</p>}
    </dialog>
  );
}
