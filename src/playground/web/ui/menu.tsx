import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Popup } from './popup.tsx';

type Props = {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly align?: 'start' | 'end';
  readonly onClose: () => void;
  /** `MenuItem`s. */
  readonly children: ReactNode;
};

/** A menu by the ARIA pattern: the first item has the focus, arrows move, Home and End jump, Escape closes. */
export function Menu({ anchor, label, align = 'end', onClose, children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => itemsOf(list.current)[0]?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current);
    const next = nextIndex(event.key, items.indexOf(document.activeElement as HTMLElement), items.length);
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <Popup anchor={anchor} label={label} role="menu" align={align} className="menu" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the popup around it is the menu, this only hears its keys */}
      <div ref={list} onKeyDown={onKeyDown}>
        {children}
      </div>
    </Popup>
  );
}

type ItemProps = {
  readonly onSelect: () => void;
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly children: ReactNode;
};

/** One entry of a `Menu`. */
export function MenuItem({ onSelect, checked, danger, children }: ItemProps) {
  const role =
    checked === undefined
      ? ({ role: 'menuitem' } as const)
      : ({ role: 'menuitemradio', 'aria-checked': checked } as const);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`menu__item ${danger ? 'menu__item--danger' : ''}`}
      onClick={onSelect}
      {...role}
    >
      {children}
    </button>
  );
}

/** The item that an arrow, Home or End leads to in a list of `count`; undefined for other keys. */
export function nextIndex(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

function itemsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}
