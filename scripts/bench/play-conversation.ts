import { createMemories } from '../../src/core/memory/create-memories.ts';
import { embedTexts } from '../../src/core/memory/embed-texts.ts';
import type { Memories, Viewer } from '../../src/core/memory/memories.ts';
import type { Memory } from '../../src/core/memory/memory.ts';
import { createMemoryReader } from '../../src/core/memory/memory-reader.ts';
import type { Asked } from '../../src/core/memory/rank-memories.ts';
import type { Embedder } from '../../src/core/vectors/embedder.ts';
import { ada } from '../../test/support/ada.ts';
import { createInMemoryMemoryStore } from '../../test/support/in-memory-memory-store.ts';
import { storedMemory } from '../../test/support/stored-memory.ts';
import type { Conversation } from './conversation.ts';

/** The product's recall over a conversation, for one person who asks about it. */
export type Played = {
  readonly viewer: Viewer;
  readonly memories: Memories;
  asked(text: string): Promise<Asked>;
  /** The place of a memory among the turns. */
  placeOf(memory: Memory): number;
};

const silent = () => undefined;

/**
 * Stores a conversation as the product does and opens the product's recall over it. Filters (small talk, length,
 * repetition) are skipped: every turn is stored, because each may be asked for.
 */
export async function playConversation(
  { turns, as = talkOf(turns) }: Conversation,
  embedder: Embedder,
): Promise<Played> {
  const { viewer, kept } = as;
  const store = createInMemoryMemoryStore();
  const embeddings = await embedTexts(
    embedder,
    kept.map(({ text }) => text),
  );
  for (const [at, memory] of kept.entries()) await store.put({ ...memory, embedding: embeddings[at] });
  const end = kept.reduce((latest, { createdAt }) => Math.max(latest, createdAt.getTime()), 0);
  const options = {
    store,
    embedder,
    clock: { now: () => new Date(end + 1_000) },
    logger: { info: silent, warn: console.error, error: console.error },
    metrics: { count: silent, observe: silent, gauge: silent },
  };
  const places = new Map(kept.map(({ id }, at) => [id, at]));
  const reader = createMemoryReader(options);
  return {
    viewer,
    memories: createMemories(options),
    asked: (text) => reader.asked(text, viewer),
    placeOf: ({ id }) => places.get(id) ?? -1,
  };
}

const [team, channel] = ['T1', 'CTALK'];
const secondMs = 1_000;
const hourMs = 3_600 * secondMs;

/**
 * A talk as the product would have it: each turn a question of the person who said it, in one channel, a few seconds after each
 * other, sessions at least an hour apart. Names stand where a mention's id would.
 */
function talkOf(turns: Conversation['turns']): NonNullable<Conversation['as']> {
  let now = Date.UTC(2000, 0, 1);
  const kept = turns.map(({ session, speaker, text, at }, place) => {
    const pause = turns[place - 1]?.session === session ? 20 * secondMs : hourMs;
    now = Math.max(now + pause, at?.getTime() ?? 0);
    const saidAt = new Date(now);
    return storedMemory(`turn-${place}`, saidAt, {
      team,
      scope: { type: 'channel', id: channel },
      kind: 'episode',
      text,
      importance: 0.3,
      trust: 'observed',
      source: { author: speaker, channel, ts: (now / secondMs).toFixed(6) },
    });
  });
  const person = { ...ada, team, user: 'UASKS', name: 'UASKS' };
  const place = { kind: 'channel', channel, isPrivate: false, thread: '1' } as const;
  return { viewer: { person, place, dataSources: [] }, kept };
}
