import type { Person, Place } from './namespace.ts';

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

/** A longer question is refused with a text that says so. Characters. */
export const maxQuestionLength = 4000;
