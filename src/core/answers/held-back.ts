import { MemoriError } from '../base/errors.ts';
import type { Person } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import type { AnswerRecord } from './answer-store.ts';
import type { AnswerSource } from './outcome.ts';

/** A statement that was not run because the planner estimated it as too expensive. */
export type HeldBack = { readonly sql: string; readonly dataSource: string; readonly writtenBy: AnswerSource };

/**
 * Whether a person may run it anyway: an admin anywhere, and the person who asked in their own direct message. In a
 * channel, nobody else may load the database for everyone.
 */
export const mayRunAnyway = (person: Person, asked: Pick<Question, 'person' | 'place'>): boolean =>
  !person.external &&
  person.team === asked.person.team &&
  (person.admin || (asked.place.kind === 'dm' && person.user === asked.person.user));

/** The held-back statement of an outcome. Errors: `not_found` when the outcome has none. */
export function heldBackIn({ outcome }: AnswerRecord): HeldBack {
  if (outcome.status === 'refused' && outcome.code === 'plan_too_large') {
    const { sql, dataSource, writtenBy = 'sql' } = outcome;
    if (sql !== undefined && dataSource !== undefined) return { sql, dataSource, writtenBy };
  }
  throw new MemoriError('not_found', 'That message holds no SQL that was held back.', { details: { what: 'SQL' } });
}
