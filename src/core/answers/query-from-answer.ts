import { MemoriError } from '../base/errors.ts';
import type { Person } from '../base/namespace.ts';
import type { DateReader, Day } from '../language/dates.ts';
import { checkQuery } from '../verified/check-query.ts';
import { type MaskingSource, maskLiterals } from '../verified/mask-literals.ts';
import { maskPeriod } from '../verified/mask-period.ts';
import { type VerifiedQuery, verifiedQuerySchema } from '../verified/verified-query.ts';
import type { AnswerRecord } from './answer-store.ts';

/** Whether an answer can be saved as verified: it has SQL that is not verified yet. */
export const canBeVouchedFor = ({ outcome, question }: AnswerRecord): boolean =>
  outcome.status === 'answered' && outcome.source !== 'verified' && question.text.trim() !== '';

/** Who verifies an answer, with which wordings, and on which day. */
export type Vouching = {
  readonly wordings: readonly string[];
  readonly person: Person;
  readonly now: Date;
  /** The day of the answer in the source's time zone. */
  readonly today: Day;
  readonly dates: DateReader;
} & Omit<MaskingSource, 'reading'>;

/**
 * Turns the SQL of an answer into a verified query. A period, numbers and values that both the question and the SQL
 * name become parameters. The id is derived from the answer's, so that saving twice has no effect. Errors: `not_found`
 * when the answer has no SQL to verify, `invalid_input` when the query is not valid.
 */
export async function queryFromAnswer(record: AnswerRecord, vouching: Vouching): Promise<VerifiedQuery> {
  const { outcome } = record;
  if (outcome.status !== 'answered' || !canBeVouchedFor(record))
    throw new MemoriError('not_found', 'That message holds no SQL to vouch for.', { details: { what: 'SQL' } });
  const { wordings, person, now, today, dates, catalogue, scan } = vouching;
  const inTime = maskPeriod(wordings, outcome.sql, today, dates);
  const masked = await maskLiterals(inTime, { catalogue, scan, reading: { today, dates } });
  const parsed = verifiedQuerySchema.safeParse({
    id: `saved-${record.id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}`,
    title: masked.questions[0],
    // A file needs two wordings; a saved answer may have one.
    questions: masked.questions.length === 1 ? [...masked.questions, ...masked.questions] : masked.questions,
    parameters: masked.parameters,
    sql: masked.sql,
    verified_by: person.name,
    verified_at: now.toISOString().slice(0, 10),
  });
  const problem = parsed.success ? checkQuery(parsed.data)[0]?.message : parsed.error.issues[0]?.message;
  if (!parsed.success || problem !== undefined)
    throw new MemoriError('invalid_input', problem ?? '', { details: { message: problem ?? '' } });
  return parsed.data;
}
