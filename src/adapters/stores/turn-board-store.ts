import type { TurnBoard } from '../../core/conversation/turn-board.ts';
import { emptyQueue, type TurnQueue } from '../../core/conversation/turn-queue.ts';
import { type Db, isDuplicateKey } from './collection.ts';

/** The board is JSON text; the store does not look into it. */
type BoardDocument = { readonly _id: string; readonly revision: number; readonly json: string };

const _id = 'board';

/** Stores the turns of all instances in one document. Its revision detects concurrent writes. */
export function createTurnBoardStore(db: Db): TurnBoard {
  const boards = db.collection<BoardDocument>('memori_turn_board');
  return {
    isShared: true,
    async read() {
      const found = await boards.findOne({ _id });
      return found ? { ...(JSON.parse(found.json) as TurnQueue), revision: found.revision } : emptyQueue;
    },
    async replace(queue) {
      const { revision } = queue;
      const json = JSON.stringify(queue);
      if (revision > 1) {
        const written = await boards.updateOne({ _id, revision: revision - 1 }, { $set: { revision, json } });
        return written.matchedCount === 1;
      }
      try {
        await boards.insertOne({ _id, revision, json });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
