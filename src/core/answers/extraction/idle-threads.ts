/** A conversation that may contain facts, and the time up to which it was read before. */
export type IdleThread = {
  /** `sessionId`. */
  readonly session: string;
  readonly team: string;
  readonly lastAt: Date;
  readonly readUntil: Date | undefined;
};

/** Conversations that have gone quiet and have unread messages. */
export interface IdleThreads {
  touched(session: string, team: string, at: Date): Promise<void>;
  /** Unread conversations without messages since `before`, in a stable order, at most `limit`. */
  idle(before: Date, limit: number): Promise<readonly IdleThread[]>;
  /** Marks a conversation as read up to its last known message. Newer messages are read next time. */
  read(thread: IdleThread): Promise<void>;
}
