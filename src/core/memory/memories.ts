import type { Person, Place, ScopeType } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { Memory } from './memory.ts';

/** Why a memory was recalled. `scope`: where it was taught; `instead`: where the definitions were that it overrides. */
export type Why =
  | {
      readonly reason: 'defines';
      readonly term: string;
      readonly scope: ScopeType;
      readonly instead: readonly ScopeType[];
    }
  | { readonly reason: 'pinned' | 'taught' | 'confirmed'; readonly scope: ScopeType }
  | { readonly reason: 'words' | 'meaning' };

/** A memory that was recalled for a question, and why. */
export type Recalled = {
  readonly memory: Memory;
  /** Higher is better; comparable within one recall only. */
  readonly score: number;
  readonly why: Why;
};

/** What a message teaches, if it does: found by explicit phrases, in English and Chinese, without a model. */
export type Taught = {
  readonly kind: Memory['kind'];
  readonly text: string;
  readonly term: string | undefined;
  readonly meaning: string | undefined;
};

/** An answered question, as far as memory is concerned; `used`: ids of the memories that had an effect on it. */
export type AnsweredQuestion = { readonly question: Question; readonly sql: string; readonly used: readonly string[] };

/**
 * How an answer was received. `good`: a thumb up; `again`: someone ran it again; `silent`: the thread went on without a
 * correction; `bad`: a thumb down or a correction.
 */
export type Reception = 'good' | 'again' | 'silent' | 'bad';

/** A fact in a person's own words, and the message that it stands in. */
export type ExtractedFact = { readonly text: string; readonly message: Question };

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
  /** Keeps the question with the shape of its SQL when an answer was accepted; drops it when it was not. Never throws. */
  received(answered: AnsweredQuestion, reception: Reception): Promise<void>;
  /**
   * Keeps what was read out of a conversation: as observed, for that conversation alone, for as long as questions are kept.
   * Returns how many were kept; the others hold something sensitive, were forgotten, or are of people who want no such.
   */
  note(facts: readonly ExtractedFact[]): Promise<number>;
  /** What this person may see here, conscious first, then newest; at another time than now: what held then. */
  list(person: Person, place: Place, dataSources: readonly string[], at?: Date): Promise<readonly Memory[]>;
  /**
   * By ids or by numbers shown in the list, several at once, all or none. Errors: `not_found`, `not_allowed` (a channel's
   * memory someone else taught).
   */
  forget(idsOrNumbers: string, person: Person, place: Place, dataSources: readonly string[]): Promise<Forgotten>;
}

/** What was forgotten, and how many documents went with it, as a look at the store has shown. */
export type Forgotten = { readonly memories: readonly Memory[]; readonly deleted: number };

/** Who does something with a memory, and where they see it. */
export type Viewer = { readonly person: Person; readonly place: Place; readonly dataSources: readonly string[] };

export type MemorySettings = {
  /** Questions become episodes, and memories that fit a question are recalled. */
  readonly auto: boolean;
  /** Conscious memories are in mind in every session. */
  readonly conscious: boolean;
};

/** Where a memory may be moved to so that more people see it used. */
export type WiderScope = { readonly type: 'channel' | 'workspace' | 'datasource'; readonly id: string };

/**
 * What a person does with what is remembered. Each names a memory by its id or by its number in the list. Errors:
 * `not_found`; `not_allowed` for a memory that someone else taught; `invalid_input`.
 */
export interface MemoryDesk {
  /** What fits the words best, best first, of what this person may see here. */
  search(text: string, viewer: Viewer): Promise<readonly Memory[]>;
  /** Puts other words in its place; the old ones stay as a former version. Errors: also `secret_refused`. */
  edit(idOrNumber: string, text: string, viewer: Viewer): Promise<Memory>;
  /** True keeps it in mind in every session, false takes it out of there. */
  pin(idOrNumber: string, pinned: boolean, viewer: Viewer): Promise<Memory>;
  /** Moves it to where more people see it used. */
  share(idOrNumber: string, to: WiderScope, viewer: Viewer): Promise<Memory>;
  /** All of it with former versions, one JSON object on a line, without vectors. */
  exportAll(viewer: Viewer): Promise<string>;
}

/** What each person was shown last in each place, so that a number typed later means the entry they saw. */
export interface ShownLists {
  put(team: string, user: string, channel: string, ids: readonly string[], shownAt: Date): Promise<void>;
  /** Undefined when no list was shown for a day. */
  get(team: string, user: string, channel: string): Promise<readonly string[] | undefined>;
}

/** Each person's own settings; both are on until they say otherwise. */
export interface MemorySettingsStore {
  get(team: string, user: string): Promise<MemorySettings>;
  set(team: string, user: string, settings: MemorySettings): Promise<void>;
}
