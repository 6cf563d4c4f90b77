import type { Arrival, Question } from '../../core/base/question.ts';
import type { Turn, TurnState, TurnStore } from '../../core/conversation/turn-store.ts';
import { type Collection, type Db, isDuplicateKey } from './collection.ts';
import { requireId } from './require-id.ts';

type TurnDocument = {
  readonly _id: string;
  /** Dropped when the turn ends; the question is kept with the answer. */
  readonly arrival?: Arrival;
  /** Version 0.1.0 stored this instead of `arrival`. */
  readonly question?: Question;
  readonly state: TurnState;
  readonly failures?: number;
  readonly crashes?: number;
  readonly claimedAt: Date;
  /** Absent after the lease was released. */
  readonly owner?: string;
  readonly leasedUntil?: Date;
  readonly replyTs?: string;
  readonly isShown?: boolean;
  /** When the claim may be forgotten. Slack gives up redelivering within hours. */
  readonly expiresAt?: Date;
};

/** How long a finished claim is kept, so that a late redelivery is still recognised. */
const keepFinishedMs = 7 * 24 * 60 * 60 * 1_000;

const open = { state: 'answering' } as const;
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
  const held = (id: string, owner: string) => ({ _id: requireId(id, 'question id'), ...open, owner });

  return {
    async claim(arrival, now, { owner, until }) {
      const _id = requireId(arrival.id, 'question id');
      const fresh = { ...open, failures: 0, crashes: 0, claimedAt: now, owner, leasedUntil: until };
      try {
        await turns.insertOne({ _id, arrival, ...fresh });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async lease(id, owner, until, now) {
      const _id = requireId(id, 'question id');
      const lease = { owner, leasedUntil: until };
      const kept = await turns.updateOne({ _id, ...open, owner }, { $set: { leasedUntil: until } });
      if (kept.matchedCount === 1) return true;
      const free = { _id, ...open, ...notLeasedAt(now) };
      const taken = await turns.updateOne({ ...free, owner: { $exists: false } }, { $set: lease });
      if (taken.matchedCount === 1) return true;
      // The former owner neither finished nor released it, so it crashed.
      const crashed = await turns.updateOne(
        { ...free, owner: { $exists: true } },
        { $set: lease, $inc: { crashes: 1 } },
      );
      return crashed.matchedCount === 1;
    },

    async replied(id, owner, replyTs) {
      await turns.updateOne(held(id, owner), { $set: { replyTs } });
    },

    async shown(id, owner, replyTs) {
      await turns.updateOne(held(id, owner), { $set: { isShown: true, replyTs } });
    },

    async release(id, owner, from) {
      await turns.updateOne(held(id, owner), { $set: { leasedUntil: from }, $unset: { owner: '' } });
    },

    async fail(id, owner, retryAt) {
      const back = { $set: { leasedUntil: retryAt }, $unset: { owner: '' }, $inc: { failures: 1 } } as const;
      await turns.updateOne(held(id, owner), back);
    },

    async finish(id, owner, state, now) {
      const expiresAt = new Date(now.getTime() + keepFinishedMs);
      await turns.updateOne(held(id, owner), {
        $set: { state, expiresAt },
        $unset: { arrival: '', question: '', owner: '', leasedUntil: '' },
      });
    },

    async isOpenIn(team, channel, thread) {
      const [one] = await turns
        .find(
          { ...open, 'arrival.caller.team': team, 'arrival.channel': channel, 'arrival.thread': thread },
          { limit: 1 },
        )
        .toArray();
      return one !== undefined;
    },

    async abandoned(now, limit) {
      const left = await turns
        .find({ ...open, ...notLeasedAt(now) }, { sort: { claimedAt: 1, _id: 1 }, limit })
        .toArray();
      return left.flatMap(toTurn);
    },
  };
}

function toTurn({
  question,
  failures = 0,
  crashes = 0,
  replyTs,
  isShown = false,
  ...turn
}: TurnDocument): readonly Turn[] {
  const arrival = turn.arrival ?? (question && arrivalOf(question));
  return arrival ? [{ arrival, failures, crashes, replyTs, isShown }] : [];
}

/** Converts a question of version 0.1.0. */
function arrivalOf({ id, text, origin, person, place, askedAt }: Question): Arrival {
  const { team, user, name, external } = person;
  return {
    id,
    text,
    origin,
    order: { kind: origin === 'click' ? 'suggested' : 'ask' },
    caller: { team, workspace: team, enterprise: undefined, user, name, maybeExternal: external },
    channel: place.channel,
    thread: place.thread,
    arrivedAt: askedAt,
  };
}
