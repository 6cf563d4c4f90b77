import { useEffect, useRef } from 'react';
import { goTo, parseRoute } from '../store/route.ts';

/** Ctrl/Cmd+K opens the quick switcher, Escape closes the thread (unless something nearer took it). */
export function useShortcutKeys({ quickSwitcher }: { readonly quickSwitcher: () => void }): void {
  const open = useRef(quickSwitcher);
  open.current = quickSwitcher;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        open.current();
      }
      if (event.key === 'Escape' && !document.querySelector('dialog[open], .popup:popover-open')) closeThread();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function closeThread(): void {
  const route = parseRoute(window.location.hash);
  if (route.thread) goTo({ channel: route.channel });
}
