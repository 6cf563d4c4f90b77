import type { Clock } from '../base/clock.ts';
import { scopeKey, userScope } from '../base/namespace.ts';
import { memoryRefusal } from '../texts/memory-refusals.ts';
import { chosen, refuseForeign } from './choose-memory.ts';
import { detectTaught } from './detect.ts';
import type { Memories, MemoryDesk, Taught, Viewer } from './memories.ts';
import type { MemoriesOptions } from './memories-options.ts';
import type { Memory } from './memory.ts';
import { memoryId } from './memory-id.ts';
import type { MemoryReader } from './memory-reader.ts';
import type { MemoryWriter } from './memory-writer.ts';
import { holdsAt } from './pool.ts';
import { isRelevant, rankMemories } from './rank-memories.ts';
import type { Screen } from './screen.ts';
import { said, taughtMemory } from './write-memory.ts';

type DeskOptions = Pick<MemoriesOptions, 'store' | 'dataSources'> & {
  readonly clock: Clock;
  readonly list: Memories['list'];
  readonly reader: MemoryReader;
  readonly writer: MemoryWriter;
  readonly screen: Screen;
};

/**
 * Kinds that may be shared with the whole workspace. A fact may be about a person's health, pay or belief, which no form
 * shows, so facts stay where they were said.
 */
const forEverybody: ReadonlySet<Memory['kind']> = new Set(['definition', 'rule', 'preference', 'correction']);

/** The most memories that a search shows. */
const maxFound = 20;

/** Implements `MemoryDesk` over what a person may see. */
export function createDesk({ store, clock, list, reader, writer, screen, dataSources = [] }: DeskOptions): MemoryDesk {
  const ownChosen = async (idOrNumber: string, viewer: Viewer): Promise<Memory> => {
    const memory = chosen(await list(viewer.person, viewer.place, viewer.dataSources), idOrNumber);
    refuseForeign(memory, viewer.person);
    return memory;
  };
  const nowTs = (): string => (clock.now().getTime() / 1000).toFixed(6);
  const embedded = async (memory: Memory): Promise<Memory> => {
    const embedding = await reader.embed(memory.text);
    return embedding ? { ...memory, embedding } : memory;
  };
  const stored = (memory: Memory | undefined): Memory => {
    if (memory !== undefined) return memory;
    throw memoryRefusal('invalid_input', 'forgotten');
  };

  return {
    async search(text, viewer) {
      return rankMemories(await reader.asked(text, viewer), 10 * maxFound)
        .filter(({ memory, fit }) => isRelevant(fit) && holdsAt(memory, clock.now()))
        .map(({ memory }) => memory)
        .slice(0, maxFound);
    },

    async edit(idOrNumber, text, viewer) {
      const older = await ownChosen(idOrNumber, viewer);
      const { person, place } = viewer;
      const written = await taughtMemory(
        reworded(older, text),
        { person, place, ts: nowTs(), now: clock.now() },
        dataSources,
        screen,
      );
      const { kind, scope, team, pinned } = older;
      const id = await memoryId(team, scope, kind, said(written));
      if (id === older.id) return older;
      const memory: Memory = { ...written, id, kind, scope, pinned, proof: older.proof };
      return stored(await writer.replace(await embedded(memory), older));
    },

    async pin(idOrNumber, pinned, viewer) {
      const memory = await ownChosen(idOrNumber, viewer);
      await store.amend(memory.team, memory.scope, memory.id, { pinned });
      return { ...memory, pinned };
    },

    async share(idOrNumber, to, viewer) {
      const memory = await ownChosen(idOrNumber, viewer);
      refuseSharing(memory, to, viewer);
      const id = await memoryId(memory.team, to, memory.kind, said(memory));
      const wider = await embedded({ ...memory, id, scope: to, supersedes: undefined, createdAt: clock.now() });
      const moved = stored(await writer.learn(wider));
      await writer.remove(memory);
      return moved;
    },

    async exportAll(viewer) {
      const everything = await reader.everything(viewer);
      return everything.map(({ embedding: _, ...memory }) => `${JSON.stringify(memory)}\n`).join('');
    },
  };
}

/** The same memory with new text. Its kind stays; a definition keeps its term unless the text names another. */
function reworded(older: Memory, text: string): Taught {
  const taught = detectTaught(text);
  if (older.kind !== 'definition') return { kind: older.kind, text, term: undefined, meaning: undefined };
  if (taught?.kind === 'definition') return taught;
  return { kind: 'definition', text: `${older.term} means ${text}`, term: older.term, meaning: text };
}

function refuseSharing(memory: Memory, to: Memory['scope'], { person, place }: Viewer): void {
  if (scopeKey(memory.scope) === scopeKey(to)) throw memoryRefusal('invalid_input', 'shared_already');
  if ((to.type === 'workspace' || to.type === 'datasource') && !forEverybody.has(memory.kind))
    throw memoryRefusal('invalid_input', 'not_for_everybody');
  // Only the person who said something in private may share it.
  const isPrivate = place.isPrivate || scopeKey(memory.scope) === scopeKey(userScope(person));
  if (isPrivate && memory.source.author !== person.user) throw memoryRefusal('not_allowed', 'private');
}
