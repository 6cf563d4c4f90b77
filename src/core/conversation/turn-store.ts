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
