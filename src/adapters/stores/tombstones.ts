import { createHash } from 'node:crypto';
import { detectTaught } from '../../core/memory/detect.ts';
import type { Memory } from '../../core/memory/memory.ts';
import { normalise } from '../../core/memory/memory-id.ts';
import { said } from '../../core/memory/write-memory.ts';
import { type Collection, type Db, isDuplicateKey } from './collection.ts';

/** What remains of a forgotten memory: a hash and a date, nothing readable. */
type Tombstone = { readonly _id: string; readonly team: string; readonly at: Date };

type Buried = Pick<Memory, 'team' | 'text' | 'term' | 'meaning' | 'source'>;

/** Remembers what was forgotten, without its words. */
export type Tombstones = {
  /**
   * True when this memory was forgotten and must not be learned again by itself, as the same or another kind, from the
   * same channel. A person may teach it again explicitly, later.
   */
  forbid(memory: Memory): Promise<boolean>;
  /** Marks memories as forgotten at that moment. */
  leave(memories: readonly (Buried & { readonly _id: string })[], at: Date): Promise<void>;
};

/** Stores tombstones; they never expire. */
export function createTombstones(db: Db): Tombstones {
  const tombstones: Collection<Tombstone> = db.collection<Tombstone>('memori_tombstones');
  const leaveOne = async (_id: string, team: string, at: Date): Promise<void> => {
    try {
      await tombstones.insertOne({ _id, team, at });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await tombstones.updateOne({ _id }, { $max: { at } });
    }
  };
  return {
    async forbid(memory) {
      const found = await tombstones
        .find({ _id: { $in: [idHash(memory.team, memory.id), wordsHash(memory)] } })
        .toArray();
      return found.some(({ at }) => memory.trust !== 'explicit' || memory.createdAt <= at);
    },
    async leave(memories, at) {
      for (const memory of memories)
        for (const id of [idHash(memory.team, memory._id), wordsHash(memory)]) await leaveOne(id, memory.team, at);
    },
  };
}

/**
 * Hash of the words and where they were said. The same for a definition, a fact and a question, of a channel and of its
 * threads.
 */
export const wordsHash = (memory: Buried): string => {
  const defined = memory.term === undefined ? detectTaught(memory.text) : memory;
  const words = defined?.term === undefined ? memory.text : said(defined);
  return hash(['words', memory.team, memory.source.channel, normalise(words)]);
};

const idHash = (team: string, id: string): string => hash([team, id]);

const hash = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
