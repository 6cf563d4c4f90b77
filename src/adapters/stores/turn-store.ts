import type { Question } from '../../core/base/question.ts';
import type { Turn, TurnState, TurnStore } from '../../core/conversation/turn-store.ts';
import { type Collection, type Db, isDuplicateKey } from './collection.ts';
import { requireId } from './require-id.ts';

type TurnDocument = {
  readonly _id: string;
  /** Dropped when the turn ends; the question is kept with the answer. */
  readonly question?: Question;
  readonly state: TurnState;
  readonly attempts: number;
  readonly claimedAt: Date;
  readonly owner?: string;
  readonly leasedUntil?: Date;
  readonly replyTs?: string;
  /** When the claim may be forgotten. Slack gives up redelivering within hours. */
  readonly expiresAt?: Date;
};

/** How long a finished claim is kept, so that a late redelivery is still recognised. */
const keepFinishedMs = 7 * 24 * 60 * 60 * 1_000;

const unfinished = 'answering';
const notLeasedAt = (now: Date) => ({ leasedUntil: { $lte: now } });

const turnsOf = (db: Db): Collection<TurnDocument> => db.collection<TurnDocument>('memori_turns');

/** Creates the indexes of turns; existing ones stay as they are. */
export async function ensureTurnIndexes(db: Db): Promise<void> {
  await turnsOf(db).createIndex({ state: 1 });
  await turnsOf(db).createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** The inbox. The unique `_id` decides who claims a question, and one conditional write decides who leases it. */
export function createTurnStore(db: Db): TurnStore {
  const turns = turnsOf(db);

  return {
    async claim(question, now, lease) {
      const _id = requireId(question.id, 'question id');
      const held = { owner: lease.owner, leasedUntil: lease.until };
      try {
        await turns.insertOne({ _id, question, state: 'answering', attempts: 1, claimedAt: now, ...held });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async lease(id, owner, until, now) {
      const _id = requireId(id, 'question id');
      const taken = await turns.updateOne(
        { _id, state: unfinished, ...notLeasedAt(now) },
        { $set: { state: 'answering', owner, leasedUntil: until }, $inc: { attempts: 1 } },
      );
      if (taken.matchedCount === 1) return true;
      // A heartbeat of the owner: the same attempt continues.
      const kept = await turns.updateOne({ _id, state: 'answering', owner }, { $set: { leasedUntil: until } });
      return kept.matchedCount === 1;
    },

    async replied(id, replyTs) {
      await turns.updateOne({ _id: requireId(id, 'question id'), state: unfinished }, { $set: { replyTs } });
    },

    async finish(id, state, now) {
      await turns.updateOne(
        { _id: requireId(id, 'question id'), state: unfinished },
        {
          $set: { state, expiresAt: new Date(now.getTime() + keepFinishedMs) },
          $unset: { question: '', owner: '', leasedUntil: '' },
        },
      );
    },

    async abandoned(now, limit) {
      const left = await turns
        .find({ state: unfinished, ...notLeasedAt(now) }, { sort: { claimedAt: 1, _id: 1 }, limit })
        .toArray();
      return left.flatMap(toTurn);
    },
  };
}

const toTurn = ({ question, state, attempts, replyTs }: TurnDocument): readonly Turn[] =>
  question ? [{ question, state, attempts, replyTs }] : [];
