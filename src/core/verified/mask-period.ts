import { MemoriError } from '../base/errors.ts';
import { add } from '../language/calendar.ts';
import type { DateReader, Day } from '../language/dates.ts';
import { readPeriods } from '../language/periods.ts';
import { normalise } from '../language/tokens.ts';
import type { VerifiedQuery } from './verified-query.ts';

type Masked = Pick<VerifiedQuery, 'questions' | 'sql' | 'parameters'>;

/**
 * Turns the period of a question and its SQL into a parameter: the words become `{period}`, the two days
 * `:period_start` and `:period_end`. Changes nothing when the SQL does not contain both days. Errors: `invalid_input`
 * when it does not and the words mean other days tomorrow, since "last month" over fixed days would soon be wrong.
 */
export function maskPeriod(wordings: readonly string[], sql: string, today: Day, dates: DateReader): Masked {
  const questions = wordings.map((wording) => maskedWording(wording, sql, today, dates));
  if (questions.every((question, at) => question.text === wordings[at]))
    return { questions: wordings.slice(), sql, parameters: {} };
  const [first] = questions.flatMap(({ span }) => span ?? []);
  const isOne = questions.every(({ span }) => span?.start === first?.start && span?.end === first?.end);
  if (first === undefined || !isOne)
    throw invalid('The ways to ask name different periods. Name the same one in each, or none.');
  return {
    questions: questions.map(({ text }) => text),
    sql: replaceDay(replaceDay(sql, first.start, ':period_start'), first.end, ':period_end'),
    parameters: { period: { type: 'period' } },
  };
}

type Wording = { readonly text: string; readonly span: { readonly start: Day; readonly end: Day } | undefined };

function maskedWording(wording: string, sql: string, today: Day, dates: DateReader): Wording {
  const text = normalise(wording);
  const [period, ...others] = readPeriods(text, today, dates);
  if (period === undefined) return { text: wording, span: undefined };
  const { from, to, span } = period;
  const has = (day: Day): boolean => dayPattern(day).test(sql);
  if (others.length === 0 && has(span.start) && has(span.end))
    return { text: `${text.slice(0, from)}{period}${text.slice(to)}`, span };
  const later = readPeriods(text, add(today, 1, 'year'), dates);
  if (JSON.stringify(later) !== JSON.stringify([period, ...others]))
    throw invalid(
      'The question names days that change, like “last month”, and the SQL has fixed ones. Write the days out.',
    );
  return { text: wording, span: undefined };
}

const invalid = (message: string): MemoriError => new MemoriError('invalid_input', message, { details: { message } });

/** Matches `'2026-10-01'`, with or without a type before it and midnight after it. */
const dayPattern = (day: Day): RegExp =>
  new RegExp(`(?:\\b(?:date|timestamp(?:tz)?)\\s+)?'${day}(?:[ T]00:00(?::00)?(?:Z|\\+00)?)?'`, 'giu');

const replaceDay = (sql: string, day: Day, placeholder: string): string => sql.replace(dayPattern(day), placeholder);
