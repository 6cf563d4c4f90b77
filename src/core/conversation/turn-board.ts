import { emptyQueue, type TurnQueue } from './turn-queue.ts';

/** Where the instances see each other's turns. */
export interface TurnBoard {
  /** Others write here too, so it has to be looked at now and then, and places have to be kept alive. */
  readonly isShared: boolean;
  read(): Promise<TurnQueue>;
  /** False when somebody else was faster: `revision` must be one more than what is there. */
  replace(queue: TurnQueue): Promise<boolean>;
}

/** For an instance that is alone, as with the embedded store. */
export function createOwnBoard(): TurnBoard {
  let queue = emptyQueue;
  return {
    isShared: false,
    read: async () => queue,
    async replace(next) {
      queue = next;
      return true;
    },
  };
}
