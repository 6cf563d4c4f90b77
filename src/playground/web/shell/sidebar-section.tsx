import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../ui/icon.tsx';

/** A heading that folds its list. */
export function SidebarSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(true);
  const list = useId();
  return (
    <section className="sidebar__section">
      <button
        type="button"
        className="sidebar__heading"
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'down' : 'right'} size={14} />
        {title}
      </button>
      <ul id={list} hidden={!open}>
        {children}
      </ul>
    </section>
  );
}
