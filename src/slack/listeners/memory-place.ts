import type { Place } from '../../core/base/namespace.ts';
import { viewIds } from '../action-ids.ts';
import { memoryListBlocks, memoryManager } from '../blocks/memory-blocks.ts';
import type { SlackEdge } from '../edge.ts';
import { directPlace } from '../namespaces.ts';
import { rememberShown } from '../shown-memories.ts';
import { sourceNames } from '../views.ts';
import { publishHome } from './app-home-opened.ts';
import type { Click } from './click.ts';
import { usedMemoriesView } from './memories-used.ts';

/** Where a memory that was clicked is seen, which says whose memories these may be, and how to redraw that place. */
export type MemoryPlace = { readonly place: Place; redraw(said: string): Promise<void> };

/** Where the list that a command made is seen: it is of no thread. */
export const wholeChannel = (place: Place): Place => ({ ...place, thread: '' });

/** Undefined when what was clicked is no longer there; the person is told. */
export async function memoryPlace(edge: SlackEdge, click: Click): Promise<MemoryPlace | undefined> {
  const { body, clients, person, texts } = click;
  const { deps } = edge;
  const home = directPlace('', '');
  const { view } = body;
  if (view?.type === 'home') return { place: home, redraw: () => publishHome(edge, clients, person, home) };
  if (view?.callback_id === viewIds.memoryManager) return { place: home, redraw: redrawManager };
  if (view !== undefined) {
    const record = await deps.answers.get(person.team, view.private_metadata);
    if (record === undefined) return void (await click.tell(texts.click.stale));
    return {
      place: record.question.place,
      redraw: async () => {
        const used = await usedMemoriesView(edge, record, person, texts);
        await clients.posting.views.update({ view_id: view.id, view: used });
      },
    };
  }
  const place = wholeChannel(click.place);
  return { place, redraw: redrawMessage };

  async function redrawManager(): Promise<void> {
    const all = await deps.memories.list(person, home, sourceNames(deps));
    if (view) await clients.posting.views.update({ view_id: view.id, view: memoryManager(all, texts) });
    await publishHome(edge, clients, person, home);
  }

  async function redrawMessage(said: string): Promise<void> {
    const left = await deps.memories.list(person, place, sourceNames(deps));
    await rememberShown(left, { deps, person, place });
    const blocks = memoryListBlocks(left, texts);
    await click.respond({ response_type: 'ephemeral', replace_original: true, text: said, blocks });
  }
}
