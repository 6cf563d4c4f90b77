import type { AnswerRecord } from '../answers/answer-store.ts';
import type { Person } from '../base/namespace.ts';
import type { Arrival, Question } from '../base/question.ts';
import type { ResultRows } from '../data/database.ts';
import type { Reception } from '../memory/memories.ts';
import type { Surface } from './surface.ts';

/** What every surface calls. */
export interface Conversation {
  /**
   * Claims the question, acknowledges it, carries out its order, shows the outcome and remembers it; expected failures are
   * shown, not thrown. A question that was claimed before is acknowledged and left alone. Errors: those of the store while
   * nothing was acknowledged.
   */
  ask(arrival: Arrival, surface: Surface): Promise<void>;
  /** What the guard says of SQL that a person wrote, before anything is posted. Errors: `sql_refused`, those of the source. */
  checkSql(sql: string, dataSource: string, asker: Pick<Question, 'person' | 'place'>): Promise<void>;
  /** Whether this person may run what the planner's estimate held back. Errors: `not_allowed`, `not_found`. */
  checkAnyway(record: AnswerRecord, person: Person): void;
  /** How people took an answer: what was accepted helps with the next question. Never throws. */
  received(record: AnswerRecord, reception: Reception): Promise<void>;
  /**
   * The rows of an answer again, up to the export limits, for the CSV: those that `viewer` may see, who asked unless said
   * otherwise. Throws like `Database.query`.
   */
  rows(record: AnswerRecord, viewer?: Pick<Question, 'person' | 'place'>): Promise<ResultRows>;
  /** The bot has answered in this thread or is about to, so a message there needs no mention. */
  takesPartIn(team: string, channel: string, thread: string): Promise<boolean>;
  /** Stops what this user has running or waiting in the thread, on any instance, and nobody else's. False when nothing did. */
  stop(session: string, person: Pick<Person, 'team' | 'user'>): Promise<boolean>;
  /**
   * Takes up what an earlier process left behind, in the messages it had begun, and what comes again after a failure.
   * Returns how many there are; does not wait for them.
   */
  recover(surfaceOf: (arrival: Arrival) => Surface): Promise<number>;
  /** Sends away what waits, and resolves when every answer is with its person or was handed back; at most `graceMs`. */
  drain(graceMs: number): Promise<void>;
}
