/** A conversation that may hold something worth keeping, and up to when it has been read before. */
export type IdleThread = {
  /** `sessionId`. */
  readonly session: string;
  readonly team: string;
  readonly lastAt: Date;
  readonly readUntil: Date | undefined;
};

/** Which conversations have gone quiet and were not read since somebody last wrote there. */
export interface IdleThreads {
  touched(session: string, team: string, at: Date): Promise<void>;
  /** Those in which nobody wrote since `before`, in a stable order, at most `limit`. */
  idle(before: Date, limit: number): Promise<readonly IdleThread[]>;
  /** Read as far as it went then; what was written meanwhile is for the next time. */
  read(thread: IdleThread): Promise<void>;
}
