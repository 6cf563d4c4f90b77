import type { Clock } from '../clock.ts';
import { MemoriError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { type Person, type Place, readableScopes, scopeKey, userScope } from '../namespace.ts';
import { termKey } from './definitions.ts';
import { detectTaught } from './detect.ts';
import { createIndexCache } from './index-cache.ts';
import type { Memories } from './memories.ts';
import type { Embedder, Memory, MemoryStore } from './memory.ts';
import { selectMemories } from './select.ts';
import { isMostlyHan } from './words.ts';
import { episodeOf, taughtMemory } from './write-memory.ts';

export type MemoriesOptions = {
  readonly store: MemoryStore;
  readonly embedder: Embedder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Names of all data sources: a memory that names one belongs to its namespace, `schema:<name>`. */
  readonly dataSources?: readonly string[];
  /** Days after which an episode that nobody came back to is gone. */
  readonly retentionDays?: number;
};

/** The memory engine: no model is called, neither to write nor to read. */
export function createMemories(options: MemoriesOptions): Memories {
  const { store, embedder, clock, logger, metrics, dataSources: knownSources = [], retentionDays = 30 } = options;
  const cache = createIndexCache();

  /** Undefined when the model does not know the language or fails: words alone decide then. */
  const embed = async (text: string): Promise<Float32Array | undefined> => {
    if (!embedder.multilingual && isMostlyHan(text)) return undefined;
    try {
      const [vector] = await embedder.embed([text]);
      return vector;
    } catch (error) {
      logger.warn('embedding failed, memories are compared by words alone', { error });
      return undefined;
    }
  };

  const embedded = async (memory: Memory): Promise<Memory> => {
    const vector = await embed(memory.text);
    return vector === undefined ? memory : { ...memory, embedding: { model: embedder.model, vector } };
  };

  /** All that this person may see here. */
  const visible = async (person: Person, place: Place, dataSources: readonly string[]): Promise<readonly Memory[]> => {
    const { scopes, ownPreferencesOnly } = readableScopes(person, place, dataSources);
    const memories = await store.inScopes(person.team, scopes, clock.now());
    const own = scopeKey(userScope(person));
    return memories.filter(
      ({ kind, scope }) => !ownPreferencesOnly || kind === 'preference' || scopeKey(scope) !== own,
    );
  };

  const list: Memories['list'] = async (person, place, dataSources) =>
    [...(await visible(person, place, dataSources))].sort(inListOrder);

  /** A term has one meaning in one scope: the newest. Older ones are kept, closed, until they are forgotten. */
  const current = async (memory: Memory): Promise<Memory | undefined> => {
    if (memory.term === undefined) return undefined;
    const key = termKey(memory.term);
    const there = await store.inScopes(memory.team, [memory.scope], clock.now());
    return there.find(({ id, term }) => id !== memory.id && term !== undefined && termKey(term) === key);
  };

  /** Stores a memory in the place of an older one, which is closed and hangs on the new one as its former version. */
  const replace = async (memory: Memory, older: Memory | undefined): Promise<Memory | undefined> => {
    const stored = await store.put(memory);
    if (older === undefined || stored === undefined) return stored;
    if (stored.supersedes === older.id) {
      await store.supersede(older.team, [older.scope], older.id, clock.now());
      return stored;
    }
    // It was a former version itself and holds again. Versions in a circle could not all be found when it is forgotten,
    // so the history goes; dated before this message, so that the message may still teach.
    await store.forget(older.team, [older.scope], older.id, new Date(memory.createdAt.getTime() - 1));
    return store.put({ ...memory, supersedes: undefined });
  };

  return {
    detect: detectTaught,
    list,

    async recall(question, dataSources) {
      const { text, person, place } = question;
      const memories = await visible(person, place, dataSources);
      if (memories.length === 0) return [];
      const vector = await embed(text);
      const query = { text, user: person.user, now: clock.now(), vector, model: embedder.model, cache };
      return selectMemories(memories, query);
    },

    async teach(taught, person, place, ts) {
      const memory = await taughtMemory(taught, { person, place, ts, now: clock.now() }, knownSources);
      const older = await current(memory);
      const stored = await replace(await embedded({ ...memory, supersedes: older?.id }), older);
      if (stored === undefined) throw forgotten();
      if (older !== undefined) metrics.count('memori_memories_total', { action: 'superseded', kind: older.kind });
      metrics.count('memori_memories_total', { action: 'added', kind: stored.kind });
      return stored;
    },

    async remember(question, used) {
      try {
        const { person, place } = question;
        const { scopes } = readableScopes(person, place, knownSources);
        if (used.length > 0) await store.touch(person.team, scopes, used, clock.now());
        if (question.origin !== 'message' || detectTaught(question.text) !== undefined) return;
        const episode = await episodeOf(question, clock.now(), retentionDays);
        if (episode === undefined) return;
        const stored = await store.put(await embedded(episode));
        if (stored !== undefined) metrics.count('memori_memories_total', { action: 'added', kind: 'episode' });
      } catch (error) {
        logger.error('the question could not be remembered', { question: question.id, error });
      }
    },

    async forget(idOrNumber, person, place, dataSources) {
      const memory = chosen(await list(person, place, dataSources), idOrNumber);
      refuseForeign(memory, person);
      const deleted = await store.forget(memory.team, [memory.scope], memory.id, clock.now());
      cache.clear();
      const left = await store.inScopes(memory.team, [memory.scope], clock.now());
      if (left.some(({ id }) => id === memory.id)) {
        throw new MemoriError('store_unavailable', 'The memory was still there after it had been deleted.', {
          next: 'Try again; the store may have been written to at the same time.',
        });
      }
      metrics.count('memori_memories_total', { action: 'forgotten', kind: memory.kind }, deleted);
      return { memory, deleted };
    },
  };
}

/** Conscious first, then newest; the same order as long as nothing is added or removed, so that numbers hold. */
function inListOrder(a: Memory, b: Memory): number {
  return (
    Number(b.conscious) - Number(a.conscious) || b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? -1 : 1)
  );
}

/** By the number shown in the list, from 1, or by id. Nothing that was typed gets as far as the store. */
function chosen(memories: readonly Memory[], idOrNumber: string): Memory {
  const key = typeof idOrNumber === 'string' ? idOrNumber.trim() : '';
  if (!/^[\w-]{1,100}$/.test(key)) {
    const message = 'A memory is named by its number in the list or by its id.';
    const next = 'Look the number up with /memori memory list.';
    throw new MemoriError('invalid_input', message, { next, details: { message: `${message} ${next}` } });
  }
  const memory = /^\d{1,5}$/.test(key) ? memories[Number(key) - 1] : memories.find(({ id }) => id === key);
  if (memory === undefined) {
    throw new MemoriError('not_found', 'There is no such memory here, or it has been forgotten already.', {
      next: 'Look the number up with /memori memory list.',
    });
  }
  return memory;
}

function refuseForeign({ scope, source }: Memory, person: Person): void {
  const isOwn = scopeKey(scope) === scopeKey(userScope(person)) || source.author === person.user;
  if (isOwn || person.admin) return;
  throw new MemoriError('not_allowed', 'Someone else taught this memory, and it belongs to everyone here.', {
    next: 'Ask the person who taught it or a workspace admin to forget it.',
    details: { author: source.author },
  });
}

function forgotten(): MemoriError {
  const message = 'This was forgotten after the message that taught it was written.';
  const next = 'Say it again in a new message if it holds after all.';
  return new MemoriError('invalid_input', message, { next, details: { message: `${message} ${next}` } });
}
