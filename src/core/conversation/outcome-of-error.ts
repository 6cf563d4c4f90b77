import { type AnswerSource, answerSources, type Failed, type Refused } from '../answers/outcome.ts';
import { type ErrorCode, isMemoriError, type MemoriError } from '../base/errors.ts';
import type { Locale } from '../base/namespace.ts';
import { errorTextsFor } from '../texts/texts-for.ts';

/** Refusals are the product doing its duty; everything else that is expected is a failure of something outside. */
const refusals: readonly ErrorCode[] = [
  'sql_refused',
  'budget_exceeded',
  'not_allowed',
  'plan_too_large',
  'secret_refused',
  'invalid_input',
  'busy',
];

/**
 * What a person sees of an error. A `MemoriError` has its own text; anything else is a bug: it gets a reference id that
 * the log and the alert carry, and nothing of the error itself is shown.
 */
export function outcomeOf(
  error: unknown,
  sql: string | undefined,
  locale: Locale,
  reference: () => string,
): Refused | Failed {
  const texts = errorTextsFor(locale);
  if (!isMemoriError(error)) {
    const id = reference();
    return {
      status: 'error',
      code: 'internal',
      text: texts.internal({ reference: id }),
      sql,
      reference: id,
      suggestions: [],
    };
  }
  const text = texts[error.code]({ message: error.message, ...error.details });
  const { source } = error.details;
  const where = typeof source === 'string' ? { dataSource: source } : {};
  return refusals.includes(error.code)
    ? { status: 'refused', code: error.code, text, sql, ...where, ...writtenBy(error), suggestions: [] }
    : { status: 'error', code: error.code, text, sql, ...where, reference: undefined, suggestions: [] };
}

function writtenBy({ details }: MemoriError): { readonly writtenBy?: AnswerSource } {
  const author = answerSources.find((source) => source === details.writtenBy);
  return author ? { writtenBy: author } : {};
}
