import type { Person, Place } from '../namespace.ts';
import type { Question } from '../question.ts';
import type { Memory } from './memory.ts';

/** A memory that was recalled for a question, and why. */
export type Recalled = {
  readonly memory: Memory;
  /** Higher is better; comparable within one recall only. */
  readonly score: number;
  readonly why: string;
};

/** What a message teaches, if it does: found by explicit phrases, in English and Chinese, without a model. */
export type Taught = {
  readonly kind: Memory['kind'];
  readonly text: string;
  readonly term: string | undefined;
  readonly meaning: string | undefined;
};

/** The memory engine as the rest of the product uses it. Scopes are computed inside, from the person and the place. */
export interface Memories {
  /** Conscious memories first, then what is relevant to the question, within the token budget. */
  recall(question: Question, dataSources: readonly string[]): Promise<readonly Recalled[]>;
  /** What "remember …", "by X we mean Y", "always …" (and 记住, 我们说的X是指Y, 以后…) teach; undefined for an ordinary question. */
  detect(text: string): Taught | undefined;
  /** Stores it in the place's own scope. Errors: `secret_refused`, `invalid_input`. */
  teach(taught: Taught, person: Person, place: Place, ts: string): Promise<Memory>;
  /** After the answer was posted: the question as an episode, uses counted. Never throws. */
  remember(question: Question, used: readonly string[]): Promise<void>;
  /** What this person may see here, conscious first, then newest. */
  list(person: Person, place: Place, dataSources: readonly string[]): Promise<readonly Memory[]>;
  /** By id or by the number shown in the list. Errors: `not_found`, `not_allowed` (a channel's memory someone else taught). */
  forget(
    idOrNumber: string,
    person: Person,
    place: Place,
    dataSources: readonly string[],
  ): Promise<{ readonly memory: Memory; readonly deleted: number }>;
}
