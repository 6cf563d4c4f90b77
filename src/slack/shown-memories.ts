import type { Person, Place } from '../core/base/namespace.ts';
import type { Memory } from '../core/memory/memory.ts';
import { memoryRefusal } from '../core/texts/memory-refusals.ts';
import type { SlackDeps } from './slack-deps.ts';

type Viewer = { readonly deps: SlackDeps; readonly person: Person; readonly place: Place };

/** Remembers a numbered list as this person sees it. Until the next list, numbers in commands refer to its entries. */
export async function rememberShown(memories: readonly Memory[], { deps, person, place }: Viewer): Promise<void> {
  // Nothing was numbered.
  if (memories.length === 0) return;
  const ids = memories.map(({ id }) => id);
  await deps.memories.shown.put(person.team, person.user, place.channel, ids, deps.ops.clock.now());
}

/**
 * Replaces each number in a command's words by the id that it had in the list shown last, or in the current list when
 * none was shown. Errors: `not_found` for a number beyond the list.
 */
export async function namedMemories(words: string, { deps, person, place }: Viewer): Promise<string> {
  const shown = await deps.memories.shown.get(person.team, person.user, place.channel);
  if (shown === undefined) return words;
  return words.replace(/(?<![\w-])\d{1,5}(?![\w-])/g, (number) => {
    const id = shown[Number(number) - 1];
    if (id === undefined) throw memoryRefusal('not_found', 'missing');
    return id;
  });
}

/** An edited or shared memory has a new id, and keeps its number. */
export async function keepNumber(before: string, after: Memory, { deps, person, place }: Viewer): Promise<void> {
  const { team, user } = person;
  const shown = await deps.memories.shown.get(team, user, place.channel);
  if (shown === undefined || !shown.includes(before)) return;
  const ids = shown.map((id) => (id === before ? after.id : id));
  await deps.memories.shown.put(team, user, place.channel, ids, deps.ops.clock.now());
}
