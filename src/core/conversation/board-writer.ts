import type { Clock } from '../base/clock.ts';
import type { TurnBoard } from './turn-board.ts';
import { admit, emptyQueue, type TurnLimits, type TurnQueue } from './turn-queue.ts';

type Edit = (queue: TurnQueue) => TurnQueue;
type Pending = {
  readonly edit: Edit;
  readonly resolve: (queue: TurnQueue) => void;
  readonly reject: (error: unknown) => void;
};

/** Writes edits of the turn queue to the board. */
export type BoardWriter = {
  /** Changes what is there; resolves with what became of it. An error of the edit is the caller's alone. */
  write(edit: Edit): Promise<TurnQueue>;
  /** The same on what is there now, although others may have written: nothing is written when nothing changes. */
  refresh(edit: Edit): Promise<TurnQueue>;
};

/**
 * Writes to the board, one write at a time: edits that come meanwhile share the next one. Whoever is second of two
 * instances reads what the first wrote and tries again. After each write or look, `follow` gets what is there.
 */
export function createBoardWriter(
  board: TurnBoard,
  limits: TurnLimits,
  clock: Clock,
  follow: (queue: TurnQueue) => void,
): BoardWriter {
  let known = emptyQueue;
  let pending: Pending[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      await writeBatch(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    isWriting = false;
  }

  async function writeBatch(batch: readonly Pending[]): Promise<void> {
    for (;;) {
      const failed = new Map<Pending, unknown>();
      const edited = batch.reduce((queue, one) => {
        try {
          return one.edit(queue);
        } catch (error) {
          failed.set(one, error);
          return queue;
        }
      }, known);
      const next = { ...admit(edited, limits, clock.now().getTime()), revision: known.revision + 1 };
      const isUnchanged = same(next, known);
      if (!isUnchanged && !(await board.replace(next))) {
        known = await board.read();
        continue;
      }
      if (!isUnchanged) known = next;
      follow(known);
      for (const one of batch) failed.has(one) ? one.reject(failed.get(one)) : one.resolve(known);
      return;
    }
  }

  function write(edit: Edit): Promise<TurnQueue> {
    return new Promise((resolve, reject) => {
      pending.push({ edit, resolve, reject });
      if (!isWriting) void writeAll();
    });
  }

  return {
    write,
    async refresh(edit) {
      if (board.isShared) {
        const there = await board.read();
        if (there.revision > known.revision) known = there;
      }
      return write(edit);
    },
  };
}

const same = (a: TurnQueue, b: TurnQueue): boolean => a.turns === b.turns && a.served === b.served;
