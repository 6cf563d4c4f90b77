import type { Question } from '../base/question.ts';
import type { Outcome } from './outcome.ts';

/** What an answer's buttons need to know later. Rows are not kept: they are queried again under the guard. */
export type AnswerRecord = {
  /** The question's id. What a click asks is a question of its own. */
  readonly id: string;
  readonly question: Question;
  readonly outcome: Outcome;
  readonly replyTs: string;
  readonly answeredAt: Date;
  readonly ms: number;
  readonly costMicroUsd: number;
};

/** The thread so far, for follow-ups, newest last, and whether the bot takes part in it. */
export interface AnswerStore {
  put(record: AnswerRecord): Promise<void>;
  get(team: string, id: string): Promise<AnswerRecord | undefined>;
  /** Newest last, at most `limit`. A session is `team:channel:thread`. Rows in the outcomes are empty. */
  thread(session: string, limit: number): Promise<readonly AnswerRecord[]>;
  feedback(team: string, id: string, user: string, value: 'good' | 'bad', at: Date): Promise<void>;
  /**
   * Deletes what holds words of forgotten memories: answers that used or taught them, those to the messages that taught
   * them, and what came after these in their threads, which leans on them. Returns how many went.
   */
  erase(team: string, memories: readonly string[], messages: readonly string[]): Promise<number>;
}
