import type { Expense, Outcome } from '../answers/outcome.ts';
import type { Step } from '../base/steps.ts';

/**
 * Where the answer appears, as the surface implements it. The first visible sign comes from `open`; after that one
 * message is only ever updated.
 */
export interface Reply {
  /** Posts the placeholder and returns its Slack ts. With `replyTs` of an earlier attempt it takes that one over. */
  open(replyTs: string | undefined): Promise<string>;
  /** Another turn of this thread (or too many elsewhere) runs first: says so. */
  waiting(): Promise<void>;
  /** Shows what is being done now. May be dropped under load; never throws. */
  progress(step: Step): void;
  /** The final state of the message, posted anew when `open` never came that far. `answerId` goes into the buttons. */
  finish(outcome: Outcome, expense: Expense, answerId: string): Promise<void>;
}
