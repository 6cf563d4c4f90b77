import type { JobRuns, JobSlot } from '../../core/base/job-runs.ts';
import { type Db, isDuplicateKey } from './collection.ts';
import { requireId } from './require-id.ts';

type JobDocument = {
  readonly _id: string;
  readonly owner: string;
  readonly leasedUntil: Date;
  readonly cursor: string;
  readonly state: 'running' | 'done';
  readonly report?: Readonly<Record<string, number>>;
  readonly expiresAt: Date;
};

/** How long finished runs are kept for the operator. Milliseconds. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Creates the indexes of job runs; existing ones stay as they are. */
export async function ensureJobIndexes(db: Db): Promise<void> {
  await db.collection<JobDocument>('memori_jobs').createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** Stores one row for each (job, slot), claimed by a conditional write. */
export function createJobStore(db: Db): JobRuns {
  const jobs = db.collection<JobDocument>('memori_jobs');
  const idOf = ({ job, slot }: JobSlot): string => requireId(`${job}@${slot}`, 'job slot');
  return {
    async lease(slot, owner, until, now) {
      const _id = idOf(slot);
      const free = { _id, state: 'running', $or: [{ owner }, { leasedUntil: { $lte: now } }] };
      const taken = await jobs.updateOne(free, { $set: { owner, leasedUntil: until } });
      if (taken.matchedCount === 1) return true;
      try {
        const expiresAt = new Date(now.getTime() + keptMs);
        await jobs.insertOne({ _id, owner, leasedUntil: until, cursor: '', state: 'running', expiresAt });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async saveCursor(slot, cursor) {
      await jobs.updateOne({ _id: idOf(slot) }, { $set: { cursor } });
    },
    cursor: async (slot) => (await jobs.findOne({ _id: idOf(slot) }))?.cursor ?? '',
    async finish(slot, report, now) {
      await jobs.updateOne({ _id: idOf(slot) }, { $set: { state: 'done', report, leasedUntil: now } });
    },
  };
}
