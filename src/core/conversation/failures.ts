import type { Outcome } from '../answers/outcome.ts';
import type { Alerts } from '../base/alerts.ts';
import { MemoriError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import type { Locale } from '../base/namespace.ts';
import { localeOf } from '../texts/texts-for.ts';
import { outcomeOf } from './outcome-of-error.ts';

/** What a person is shown of an error, with the operators told where it is theirs to fix. `locale`: of the person. */
export type Failures = (error: unknown, question: FailedQuestion, locale: Locale) => Outcome;

type FailedQuestion = { readonly id: string; readonly text: string };

/** Where failures are reported. */
export type FailuresDeps = {
  readonly alerts: Alerts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** A short id that a person can quote and the log carries. */
  reference(): string;
};

/** Errors caused by the person or the query: logged, without an alert. */
const notForOperators = ['cancelled', 'query_timeout', 'query_failed', 'model_refused', 'model_truncated', 'not_found'];

/** Creates the function that reports an error and returns what the person sees. */
export function createFailures({ alerts, logger, metrics, reference }: FailuresDeps): Failures {
  function report(error: unknown, id: string | undefined, question: FailedQuestion): void {
    const code = error instanceof MemoriError ? error.code : 'internal';
    const isExpected = notForOperators.includes(code);
    logger[isExpected ? 'info' : 'error']('A question failed.', { code, reference: id, question: question.id, error });
    if (isExpected) return;
    metrics.count('memori_alerts_total', { code });
    const detail =
      error instanceof MemoriError
        ? error.message
        : 'A question failed for a reason that nobody expected; the log has the details.';
    alerts
      .raise({ key: `question:${code}`, title: `A question failed: ${code}`, detail, reference: id })
      .catch((failure: unknown) => logger.error('An alert could not be raised.', { error: failure }));
  }

  return (error, question, locale) => {
    const sql = error instanceof MemoriError && typeof error.details.sql === 'string' ? error.details.sql : undefined;
    const outcome = outcomeOf(error, sql, localeOf(question.text, locale), reference);
    if (outcome.status === 'error') report(error, outcome.reference, question);
    return outcome;
  };
}
