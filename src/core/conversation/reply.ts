import type { Expense, Outcome } from '../answers/outcome.ts';
import type { Step } from '../base/steps.ts';

/**
 * Where the answer appears, as the surface implements it. The first visible sign comes from `open`; after that one
 * message is only ever updated.
 */
export interface Reply {
  /** Posts the placeholder and returns its Slack ts. With `replyTs` of an earlier attempt it takes that one over. */
  open(replyTs: string | undefined): Promise<string>;
  /** Other turns run first: says how many and how long that may take. Never throws. */
  waiting(ahead: { readonly turns: number; readonly ms: number }): void;
  /** Shows what is being done now. May be dropped under load; never throws. */
  progress(step: Step): void;
  /**
   * The final state of the message, posted again when `open` never came that far; nothing that was sent before replaces
   * it. `answerId` goes into the buttons. Gives the Slack ts of the message, which may be another one than `open` gave.
   */
  finish(outcome: Outcome, expense: Expense, answerId: string): Promise<string | undefined>;
  /**
   * After `finish`: takes away what the surface may still carry out late, such as an edit that was never answered.
   * Without more waiting once `closing`. Undefined when nothing can come. Never rejects.
   */
  tidy(closing: AbortSignal): Promise<void> | undefined;
  /** Leaves the message as it is, for whoever goes on with the question. Never throws. */
  suspend(): Promise<void>;
}
