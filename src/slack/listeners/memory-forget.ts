import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { memoryForget } from '../commands/memory-forget.ts';
import { runAudited } from '../commands/run-command.ts';
import type { SlackEdge } from '../edge.ts';
import { onClick } from './click.ts';
import { memoryPlace } from './memory-place.ts';

/** Forget, beside a memory: the same command as `/memori memory forget`; then the list it stood in is redrawn. */
export function listenToForget(app: App, edge: SlackEdge): void {
  onClick(app, edge, actionIds.memoryForget, async (click) => {
    const where = await memoryPlace(edge, click);
    if (where === undefined) return;
    const { person, texts, value } = click;
    const { text } = await runAudited(memoryForget, `${value} confirm`, {
      deps: edge.deps,
      person,
      place: where.place,
      texts,
    });
    await where.redraw(text);
  });
}
