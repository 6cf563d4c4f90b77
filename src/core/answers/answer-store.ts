import type { Question } from '../base/question.ts';
import type { Outcome } from './outcome.ts';

/** What an answer's buttons need later. Rows are not stored; they are queried again under the guard. */
export type AnswerRecord = {
  /** The question's id. A click asks a new question with its own id. */
  readonly id: string;
  readonly question: Question;
  readonly outcome: Outcome;
  readonly replyTs: string;
  readonly answeredAt: Date;
  readonly ms: number;
  readonly costMicroUsd: number;
};

/** Stores answers by thread, for follow-ups and buttons. */
export interface AnswerStore {
  put(record: AnswerRecord): Promise<void>;
  get(team: string, id: string): Promise<AnswerRecord | undefined>;
  /**
   * The last answers of a thread, newest last, at most `limit`. A session is `team:channel:thread`. Rows in the
   * outcomes are empty.
   */
  thread(session: string, limit: number): Promise<readonly AnswerRecord[]>;
  feedback(team: string, id: string, user: string, value: 'good' | 'bad', at: Date): Promise<void>;
  /**
   * Deletes answers that may contain words of forgotten memories: those that used or taught them, those to the messages
   * that taught them, and later ones in the same threads. Returns how many were deleted.
   */
  erase(team: string, memories: readonly string[], messages: readonly string[]): Promise<number>;
}
