import type { PageEvent } from '../../page-api.ts';
import type { Connection } from '../store/page-state.ts';

/** Longest pause between two attempts, in milliseconds. */
const slowestRetry = 5_000;

/**
 * Listens to the server's events until the returned function is called. `EventSource` reconnects after a broken
 * connection but gives up after an HTTP error, for example while the server restarts. Then a new one is opened, with
 * growing pauses.
 */
export function openEventStream(
  as: string,
  onEvent: (event: PageEvent) => void,
  onConnection: (connection: Connection) => void,
): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let pause = 500;
  const open = () => {
    source = new EventSource(`/playground/events?as=${encodeURIComponent(as)}`);
    source.onopen = () => {
      pause = 500;
      onConnection('live');
    };
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      onConnection('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(open, pause);
      pause = Math.min(pause * 2, slowestRetry);
    };
  };
  open();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}
