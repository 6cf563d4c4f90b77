import type { AnswerRecord } from '../answers/answer-store.ts';
import type { Person } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { ResultRows } from '../data/database.ts';
import type { Reception } from '../memory/memories.ts';
import type { Reply } from './reply.ts';

/** What every surface calls. Each resolves when the outcome has been shown; expected failures are shown, not thrown. */
export interface Conversation {
  /** claim → recall → answer → finish → remember. A question that was claimed before is ignored. */
  ask(question: Question, reply: Reply): Promise<void>;
  /** Runs SQL that a person wrote or edited, under the guard. Throws `sql_refused` before anything is posted, for the modal. */
  runSql(question: Question, sql: string, dataSource: string, reply: Reply): Promise<void>;
  /** Runs the SQL of an earlier answer again, on the data of now, whatever was kept of it. */
  runAgain(record: AnswerRecord, question: Question, reply: Reply): Promise<void>;
  /** How people took an answer: what was accepted helps with the next question. Never throws. */
  received(record: AnswerRecord, reception: Reception): Promise<void>;
  /**
   * Runs what the planner's estimate held back. Errors, before anything is posted: `not_allowed` unless `mayRunAnyway`,
   * `not_found` when nothing was held back.
   */
  runAnyway(record: AnswerRecord, question: Question, reply: Reply): Promise<void>;
  /**
   * The rows of an answer again, up to the export limits, for the CSV: those that `viewer` may see, who asked unless said
   * otherwise. Throws like `Database.query`.
   */
  rows(record: AnswerRecord, viewer?: Pick<Question, 'person' | 'place'>): Promise<ResultRows>;
  /** The bot has answered in this thread, so a message there needs no mention. */
  takesPartIn(session: string): Promise<boolean>;
  /** Stops what this user has running or waiting in the thread, and nobody else's. False when nothing did. */
  stop(session: string, person: Pick<Person, 'team' | 'user'>): boolean;
  /** Answers what an earlier process left behind, in the messages it had begun. Returns how many there were. */
  recover(replyTo: (question: Question) => Reply): Promise<number>;
  /** Refuses new questions and resolves when every answer is with its person; what runs after `graceMs` is aborted. */
  drain(graceMs: number): Promise<void>;
}
