import { useEffect, useRef } from 'react';

type Keys = { readonly onSwitch: () => void; readonly onEscape: () => void };

/** Ctrl/Cmd+K, and Escape when no menu, modal or completion list has used it. */
export function useShortcutKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.onSwitch();
      }
      if (event.key === 'Escape' && !document.querySelector('dialog[open], .popup:popover-open'))
        latest.current.onEscape();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
