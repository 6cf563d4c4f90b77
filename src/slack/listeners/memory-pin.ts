import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { memoryPin, memoryUnpin } from '../commands/memory-pin.ts';
import { memoryShare } from '../commands/memory-share.ts';
import { runAudited } from '../commands/run-command.ts';
import type { SlackEdge } from '../edge.ts';
import { onClick } from './click.ts';
import { memoryPlace, wholeChannel } from './memory-place.ts';

/** Pin and Share, beside a memory: the same commands as typed; Share comes with its confirmation. */
export function listenToPins(app: App, edge: SlackEdge): void {
  onClick(app, edge, actionIds.memoryPin, async (click) => {
    const where = await memoryPlace(edge, click);
    if (where === undefined) return;
    const [id = '', state] = click.value.split('|');
    const caller = { deps: edge.deps, person: click.person, place: where.place, texts: click.texts };
    const { text } = await runAudited(state === 'off' ? memoryUnpin : memoryPin, id, caller);
    await where.redraw(text);
  });
  onClick(app, edge, actionIds.memoryShare, async (click) => {
    const [id = '', to = ''] = click.value.split('|');
    const caller = { deps: edge.deps, person: click.person, place: wholeChannel(click.place), texts: click.texts };
    const { text } = await runAudited(memoryShare, `${id} ${to} confirm`, caller);
    await click.respond({ response_type: 'ephemeral', replace_original: true, text });
  });
}
