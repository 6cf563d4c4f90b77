import { useSyncExternalStore } from 'react';

/** The tabs of the app's direct message. */
export type Tab = 'messages' | 'home' | 'about';

/**
 * What is on the screen: a conversation, one of its tabs, and an open thread. It is kept in the address, so that Back
 * works.
 */
export type PageRoute = {
  readonly channel: string | undefined;
  readonly tab: Tab;
  readonly thread: string | undefined;
};

/** `#/C1`, `#/C1/thread/1700000000.000100` or `#/D1/home`. */
export function parseRoute(hash: string): PageRoute {
  const [, channel, word, ts] = hash.split('/');
  return {
    channel: channel ? decodeURIComponent(channel) : undefined,
    tab: word === 'home' || word === 'about' ? word : 'messages',
    thread: word === 'thread' && ts ? decodeURIComponent(ts) : undefined,
  };
}

/** The inverse of `parseRoute`. */
export function formatRoute(route: PageRoute): string {
  const base = `#/${encodeURIComponent(route.channel ?? '')}`;
  if (route.tab !== 'messages') return `${base}/${route.tab}`;
  return route.thread ? `${base}/thread/${encodeURIComponent(route.thread)}` : base;
}

/** Opens a route, with a history entry if it differs. */
export function goTo(route: Partial<PageRoute>): void {
  const next = formatRoute({ channel: undefined, tab: 'messages', thread: undefined, ...route });
  if (window.location.hash !== next) window.location.hash = next;
}

/** Closes the open thread, if there is one. */
export function closeThread(): void {
  const { channel, thread } = parseRoute(window.location.hash);
  if (thread) goTo({ channel });
}

/** The current route. */
export function useRoute(): PageRoute {
  return parseRoute(useSyncExternalStore(onHashChange, () => window.location.hash));
}

/** Opens the route of a permalink, `/archives/C1/p1700000000000100?thread_ts=…`, and updates the address bar. */
export function adoptPermalink(): void {
  const found = /^\/archives\/([^/]+)(?:\/p(\d+)(\d{6}))?/.exec(window.location.pathname);
  if (!found) return;
  const ts = found[2] && `${found[2]}.${found[3]}`;
  const thread = new URLSearchParams(window.location.search).get('thread_ts') ?? ts;
  window.history.replaceState(null, '', `/${formatRoute({ channel: found[1], tab: 'messages', thread })}`);
}

function onHashChange(notify: () => void): () => void {
  window.addEventListener('hashchange', notify);
  return () => window.removeEventListener('hashchange', notify);
}
