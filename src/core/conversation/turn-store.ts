import type { Arrival } from '../base/question.ts';

/**
 * The inbox: one document per question, `_id` = the question's id. Inserted before the event is acknowledged, so that
 * nothing acknowledged is lost and nothing is answered twice. `failed`: given up after three attempts.
 */
export type TurnState = 'answering' | 'done' | 'failed';

/** What a crash or a stop left behind, or what comes again after a failure. */
export type Turn = {
  readonly arrival: Arrival;
  /** Attempts whose outcome could not be shown. */
  readonly failures: number;
  /** Leases that expired without a result. */
  readonly crashes: number;
  /** Slack ts of the message that shows progress and then the answer; undefined until it is posted. */
  readonly replyTs: string | undefined;
  /** The person has the answer: it is not worked on again. */
  readonly isShown: boolean;
};

/** Whose a turn is, and until when. */
export type HeldUntil = { readonly owner: string; readonly until: Date };

/** Every write but the first carries its owner: whoever lost the lease changes nothing. */
export interface TurnStore {
  /** True for the first caller with this id, who holds `lease` from then on; false for every later one. Durable when it resolves. */
  claim(arrival: Arrival, now: Date, lease: HeldUntil): Promise<boolean>;
  /** Takes the lease or keeps it until `until`. False when someone else holds it or it is over. */
  lease(id: string, owner: string, until: Date, now: Date): Promise<boolean>;
  /** Remembers where the reply is, so that a recovered turn updates it instead of posting again. */
  replied(id: string, owner: string, replyTs: string): Promise<void>;
  /** The person has the answer, in this message; only what Slack may carry out late is open. */
  shown(id: string, owner: string, replyTs: string): Promise<void>;
  /** Gives the lease back: anybody may go on from then on, and nothing is counted. */
  release(id: string, owner: string, from: Date): Promise<void>;
  /** Counts a failure, and gives the lease back from `retryAt` on. */
  fail(id: string, owner: string, retryAt: Date): Promise<void>;
  finish(id: string, owner: string, state: 'done' | 'failed', now: Date): Promise<void>;
  /** Something of this thread is being answered, or will be. */
  isOpenIn(team: string, channel: string, thread: string): Promise<boolean>;
  /** Turns that were claimed and are neither over nor leased at `now`. Oldest first. */
  abandoned(now: Date, limit: number): Promise<readonly Turn[]>;
}
