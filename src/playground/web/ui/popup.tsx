import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';

type Props = {
  /** What the popup hangs on. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly label: string;
  readonly role?: 'menu' | 'dialog' | 'listbox';
  readonly align?: 'start' | 'end';
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Space to the edge of the window and to the anchor, in pixels. */
const gap = 6;

/**
 * A menu or picker in the browser's top layer, so that no scrolling pane or modal cuts it off. A click elsewhere or
 * Escape closes it (the browser does that for `popover="auto"`) and returns the focus to the anchor.
 */
export function Popup({ anchor, label, role = 'dialog', align = 'start', className = '', onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const element = box.current;
    const trigger = anchor.current;
    if (!element || !trigger) return;
    const onToggle = (event: ToggleEvent) => {
      if (event.newState === 'closed') close.current();
    };
    const settle = () => place(element, trigger, align);
    element.showPopover();
    settle();
    element.addEventListener('toggle', onToggle);
    window.addEventListener('resize', settle);
    window.addEventListener('scroll', settle, true);
    return () => {
      element.removeEventListener('toggle', onToggle);
      window.removeEventListener('resize', settle);
      window.removeEventListener('scroll', settle, true);
    };
  }, [anchor, align]);
  const named = { role, 'aria-label': label };
  return (
    <div ref={box} popover="auto" {...named} className={`popup ${className}`}>
      {children}
    </div>
  );
}

/** Below the anchor if there is room, otherwise above, always inside the window. */
function place(element: HTMLElement, trigger: HTMLElement, align: 'start' | 'end') {
  const at = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = at.bottom + gap;
  const fitsBelow = below + height <= window.innerHeight - gap;
  const top = fitsBelow ? below : Math.max(gap, at.top - gap - height);
  const wanted = align === 'start' ? at.left : at.right - width;
  const left = Math.max(gap, Math.min(wanted, window.innerWidth - gap - width));
  element.style.top = `${top}px`;
  element.style.left = `${left}px`;
}
