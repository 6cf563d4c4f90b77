import { useRef, useState } from 'react';
import { useWorkspace } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';

/** Chooses the person of this tab. It is not part of Slack, and says so. */
export function ActingAs({ onActAs }: { readonly onActAs: (person: string) => void }) {
  const workspace = useWorkspace();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const { me, people } = workspace;
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="acting-as"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`Acting as ${me.real_name}. Act as somebody else`}
        onClick={() => setOpen(!open)}
      >
        <span className="acting-as__words">Acting as</span>
        <Avatar person={me} size={24} />
        <span className="acting-as__name">{me.real_name}</span>
        <Icon name="down" size={16} />
      </button>
      {open && (
        <Menu anchor={trigger} label="Act as" onClose={() => setOpen(false)}>
          <p className="menu__note">
            The playground lets you be anyone here. Each person has their own memories and budget.
          </p>
          {people.map((person) => (
            <MenuItem
              key={person.id}
              checked={person.id === me.id}
              onSelect={() => {
                setOpen(false);
                if (person.id !== me.id) onActAs(person.id);
              }}
            >
              <Avatar person={person} size={36} />
              <span className="menu__label">
                <b>{person.real_name}</b>
                <small>
                  {person.title}
                  {person.is_admin && ' · admin'}
                </small>
              </span>
              {person.id === me.id && <Icon name="check" size={16} />}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
