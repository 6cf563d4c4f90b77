import type { Caller, Person, Place } from './namespace.ts';

/** One question as it came in. `id` is `team:channel:ts` of the Slack message: unique, and the key of the claim. */
export type Question = {
  readonly id: string;
  /** What the person typed, with the mention of the bot removed. May be empty. */
  readonly text: string;
  readonly person: Person;
  readonly place: Place;
  readonly askedAt: Date;
  /** `click`: somebody clicked "run again", a suggestion or edited SQL instead of typing a message. */
  readonly origin: 'message' | 'click';
};

/**
 * What a question should do. `suggested`: a click asked it, so no message says it. `again` and `anyway` name an earlier
 * answer, whose SQL runs again.
 */
export type Order =
  | { readonly kind: 'ask' | 'suggested' }
  | { readonly kind: 'sql'; readonly sql: string; readonly dataSource: string }
  | { readonly kind: 'again' | 'anyway'; readonly answer: string };

/** A question as its event brings it. The inbox stores only this; person and place are looked up later. */
export type Arrival = Pick<Question, 'id' | 'text' | 'origin'> & {
  readonly order: Order;
  readonly caller: Caller;
  readonly channel: string;
  /** The root of its thread. */
  readonly thread: string;
  readonly arrivedAt: Date;
};

/** A longer question is refused with a text that says so. Characters. */
export const maxQuestionLength = 4000;
