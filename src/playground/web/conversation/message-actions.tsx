import { useRef, useState } from 'react';
import type { PageMessage } from '../../page-api.ts';
import { useActions, useWorkspace } from '../store/page-store.tsx';
import { goTo } from '../store/route.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

type Props = { readonly message: PageMessage; readonly inThread: boolean };

/** The bar at the upper right of a message, on hover or with the focus in the message. */
export function MessageActions({ message, inThread }: Props) {
  const { shortcuts } = useWorkspace();
  const { shortcut, toast } = useActions();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const { channel, ts } = message;
  const copy = () => {
    setOpen(false);
    navigator.clipboard.writeText(message.text).catch(() => toast('The browser did not allow copying.'));
  };
  return (
    <div className={`message__actions ${open ? 'message__actions--open' : ''}`}>
      {!inThread && (
        <IconButton
          icon="thread"
          size={18}
          label="Reply in thread"
          onClick={() => goTo({ channel, thread: message.thread_ts ?? ts })}
        />
      )}
      <IconButton
        ref={trigger}
        icon="more"
        size={18}
        label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Menu anchor={trigger} label="More actions" onClose={() => setOpen(false)}>
          <MenuItem onSelect={copy}>
            <Icon name="copy" size={18} />
            <span className="menu__label">Copy text</span>
          </MenuItem>
          {shortcuts
            .filter((known) => known.type === 'message')
            .map((known) => (
              <MenuItem
                key={known.callback_id}
                onSelect={() => {
                  setOpen(false);
                  void shortcut(known.callback_id, { channel, ts });
                }}
              >
                <Icon name="bolt" size={18} />
                <span className="menu__label">{known.name}</span>
              </MenuItem>
            ))}
        </Menu>
      )}
    </div>
  );
}
