import type { Outcome } from './outcome.ts';
import type { Question } from '../base/question.ts';

/**
 * The inbox: one document per question, `_id` = the question's id. Inserted before the event is acknowledged, so that
 * nothing acknowledged is lost and nothing is answered twice.
 */
export type TurnState = 'answering' | 'done' | 'dead';

export type Turn = {
  readonly question: Question;
  readonly state: TurnState;
  readonly attempts: number;
  /** Slack ts of the message that shows progress and then the answer; undefined until it is posted. */
  readonly replyTs: string | undefined;
};

/** Whose a turn is, and until when. */
export type HeldUntil = { readonly owner: string; readonly until: Date };

export interface TurnStore {
  /** True for the first caller with this id, who holds `lease` from then on; false for every later one. Durable when it resolves. */
  claim(question: Question, now: Date, lease: HeldUntil): Promise<boolean>;
  /** Marks the attempt and keeps the lease until `until`. False when someone else holds it or it is done. */
  lease(id: string, owner: string, until: Date, now: Date): Promise<boolean>;
  /** Remembers where the reply is, so that a recovered turn updates it instead of posting again. */
  replied(id: string, replyTs: string): Promise<void>;
  finish(id: string, state: 'done' | 'dead', now: Date): Promise<void>;
  /** Turns that were claimed and neither finished nor leased at `now`: what a crash left behind. Oldest first. */
  abandoned(now: Date, limit: number): Promise<readonly Turn[]>;
}

/** What an answer's buttons need to know later. Rows are not kept: they are queried again under the guard. */
export type AnswerRecord = {
  /** Question id plus `#n` for answers that a click produced. */
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
