import type { Request, Response } from 'express';
import { personOf, type Stage } from '../actions/stage.ts';
import type { PageEvent } from '../page-api.ts';
import { forPage } from './present.ts';

/** Keeps proxies and browsers from giving up on a silent stream. */
const heartbeatMs = 20_000;

/** Open event streams of pages. */
export type LiveEvents = {
  /** GET /playground/events */
  handle(request: Request, response: Response): void;
  /** Ends all streams, so that the server can close. */
  close(): void;
};

/** Serves `GET /playground/events` with the events that the acting person may see. */
export function createLiveEvents(stage: Stage): LiveEvents {
  const open = new Set<Response>();

  function handle(request: Request, response: Response): void {
    const person = personOf(stage, String(request.query.as));
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      Connection: 'keep-alive',
    });
    const send = (event: PageEvent) => response.write(`data: ${JSON.stringify(forPage(event, person.id))}\n\n`);
    const unsubscribe = stage.live.subscribe(person.id, (event) => {
      send(event);
      const channel = channelOf(event);
      const known = channel === undefined ? undefined : stage.workspace.cast.channel(channel);
      if (known !== undefined) send({ type: 'channel_changed', channel: stage.reads.view(person.id, known) });
    });
    const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs).unref();
    open.add(response);
    response.on('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      open.delete(response);
    });
    send({ type: 'hello' });
  }

  return {
    handle,
    close() {
      for (const response of open) response.end();
    },
  };
}

/** The channel whose unread count an event changes. */
function channelOf(event: PageEvent): string | undefined {
  if (event.type === 'message_added') return event.message.channel;
  return event.type === 'message_deleted' ? event.channel : undefined;
}
