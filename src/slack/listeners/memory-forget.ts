import type { App } from '@slack/bolt';
import { actionIds } from '../action-ids.ts';
import { memoryListBlocks } from '../blocks/memory-blocks.ts';
import { memoryForget } from '../commands/memory-forget.ts';
import { runAudited } from '../commands/run-command.ts';
import type { SlackEdge } from '../edge.ts';
import { directPlace } from '../namespaces.ts';
import { sourceNames } from '../views.ts';
import { publishHome } from './app-home-opened.ts';
import { type Click, onClick } from './click.ts';
import { usedMemoriesView } from './memories-used.ts';

/** Forget, beside a memory: the same command as `/memori memory forget`; then the list it stood in is drawn anew. */
export function listenToForget(app: App, edge: SlackEdge): void {
  onClick(app, edge, actionIds.memoryForget, async (click) => {
    const { body, person, place, texts, value } = click;
    const { deps } = edge;
    if (body.view?.type === 'home') {
      const here = directPlace('', '');
      await runAudited(memoryForget, value, { deps, person, place: here, texts });
      await publishHome(edge, click.clients, person, here);
    } else if (body.view?.type === 'modal') await forgetInModal(edge, click, body.view);
    else {
      const { text } = await runAudited(memoryForget, value, { deps, person, place, texts });
      const left = await deps.memories.list(person, place, sourceNames(deps));
      await click.respond({
        response_type: 'ephemeral',
        replace_original: true,
        text,
        blocks: memoryListBlocks(left, texts),
      });
    }
  });
}

type View = NonNullable<Click['body']['view']>;

/** The modal stands over an answer, whose place says which memories the person may see. */
async function forgetInModal(edge: SlackEdge, click: Click, view: View): Promise<void> {
  const { clients, person, texts, value } = click;
  const { deps } = edge;
  const record = await deps.answers.get(person.team, view.private_metadata);
  if (record === undefined) return click.tell(texts.click.stale);
  await runAudited(memoryForget, value, { deps, person, place: record.question.place, texts });
  await clients.posting.views.update({ view_id: view.id, view: await usedMemoriesView(edge, record, person, texts) });
}
