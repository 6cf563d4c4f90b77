import type { IdleThreads } from '../../core/answers/extraction/idle-threads.ts';
import type { Collection, Db } from './collection.ts';
import { requireId } from './require-id.ts';

type ThreadDocument = {
  readonly _id: string;
  readonly team: string;
  readonly lastAt: Date;
  readonly readUntil?: Date;
  readonly waiting: boolean;
  readonly expiresAt: Date;
};

/** A conversation without a message for this long is dropped. Milliseconds. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

const threadsOf = (db: Db): Collection<ThreadDocument> => db.collection<ThreadDocument>('memori_threads');

/** Creates the indexes of conversations; existing ones stay as they are. */
export async function ensureThreadIndexes(db: Db): Promise<void> {
  await threadsOf(db).createIndex({ waiting: 1 });
  await threadsOf(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** Stores ids and times of conversations, no words. */
export function createIdleThreadStore(db: Db): IdleThreads {
  const threads = threadsOf(db);
  return {
    async touched(session, team, at) {
      const _id = requireId(session, 'session');
      const kept = { waiting: true, expiresAt: new Date(at.getTime() + keptMs) };
      await threads.updateOne(
        { _id },
        { $setOnInsert: { team: requireId(team, 'team') }, $max: { lastAt: at }, $set: kept },
        { upsert: true },
      );
    },
    async idle(before, limit) {
      const found = await threads
        .find({ waiting: true, lastAt: { $lte: before } }, { sort: { _id: 1 }, limit })
        .toArray();
      return found.map(({ _id, team, lastAt, readUntil }) => ({ session: _id, team, lastAt, readUntil }));
    },
    async read({ session, lastAt }) {
      const _id = requireId(session, 'session');
      await threads.updateOne({ _id }, { $max: { readUntil: lastAt } });
      await threads.updateOne({ _id, lastAt }, { $set: { waiting: false } });
    },
  };
}
