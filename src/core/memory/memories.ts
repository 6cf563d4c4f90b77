import type { Person, Place, ScopeType } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { Memory } from './memory.ts';

/**
 * Why a memory was recalled. `scope`: where it was taught; `instead`: the scopes of the definitions that it overrides.
 */
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

/** An answered question with its SQL. `used`: ids of the memories that influenced it. */
export type AnsweredQuestion = { readonly question: Question; readonly sql: string; readonly used: readonly string[] };

/**
 * How people received an answer. `good`: thumbs up; `again`: someone ran it again; `silent`: the thread went on without
 * a correction; `bad`: thumbs down or a correction.
 */
export type Reception = 'good' | 'again' | 'silent' | 'bad';

/** A fact in a person's own words, and the message that contains it. */
export type ExtractedFact = { readonly text: string; readonly message: Question };

/** The memory engine as the rest of the product uses it. Scopes are computed inside, from the person and the place. */
export interface Memories {
  /** Selects memories for a question within the token budget: conscious ones first, then relevant ones. */
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
   * Stores facts that were extracted from a conversation, as observed, for that conversation only, for as long as
   * questions are kept. Returns how many were stored; the others are sensitive, were forgotten before, or come from
   * people who turned this off.
   */
  note(facts: readonly ExtractedFact[]): Promise<number>;
  /**
   * The memories that this person may see here, conscious first, then the newest. `at`: those that were valid at that
   * time.
   */
  list(person: Person, place: Place, dataSources: readonly string[], at?: Date): Promise<readonly Memory[]>;
  /**
   * Forgets memories, named by ids or by their numbers in the list; several at once, all or none. Errors: `not_found`,
   * `not_allowed` (a channel's memory that someone else taught).
   */
  forget(idsOrNumbers: string, person: Person, place: Place, dataSources: readonly string[]): Promise<Forgotten>;
}

/** The forgotten memories, and how many documents were deleted with them, as verified in the store. */
export type Forgotten = { readonly memories: readonly Memory[]; readonly deleted: number };

/** A person who works with memories, and the place where they do. */
export type Viewer = { readonly person: Person; readonly place: Place; readonly dataSources: readonly string[] };

/** A person's choice of how memory works for them. */
export type MemorySettings = {
  /** Questions become episodes, and memories that fit a question are recalled. */
  readonly auto: boolean;
  /** Conscious memories go into every prompt. */
  readonly conscious: boolean;
};

/** A scope that a memory may be moved to, so that it is used for more people. */
export type WiderScope = { readonly type: 'channel' | 'workspace' | 'datasource'; readonly id: string };

/**
 * What a person can do with memories. A memory is named by its id or by its number in the list. Errors: `not_found`;
 * `not_allowed` for a memory that someone else taught; `invalid_input`.
 */
export interface MemoryDesk {
  /** The memories that fit the words, best first, out of those that this person may see here. */
  search(text: string, viewer: Viewer): Promise<readonly Memory[]>;
  /** Replaces the text; the old text is kept as a former version. Errors: also `secret_refused`. */
  edit(idOrNumber: string, text: string, viewer: Viewer): Promise<Memory>;
  /** `true` puts it into every prompt, `false` takes it out. */
  pin(idOrNumber: string, pinned: boolean, viewer: Viewer): Promise<Memory>;
  /** Moves it to a scope where it is used for more people. */
  share(idOrNumber: string, to: WiderScope, viewer: Viewer): Promise<Memory>;
  /** All memories with their former versions, one JSON object per line, without vectors. */
  exportAll(viewer: Viewer): Promise<string>;
}

/** The list that each person saw last in each place, so that a number they type later means the entry they saw. */
export interface ShownLists {
  put(team: string, user: string, channel: string, ids: readonly string[], shownAt: Date): Promise<void>;
  /** Undefined when no list was shown for a day. */
  get(team: string, user: string, channel: string): Promise<readonly string[] | undefined>;
}

/** Each person's settings. Both are on by default. */
export interface MemorySettingsStore {
  get(team: string, user: string): Promise<MemorySettings>;
  set(team: string, user: string, settings: MemorySettings): Promise<void>;
}
