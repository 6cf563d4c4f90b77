import { isEmptyResult, resultKey } from '../../src/core/sql/voting/result-key.ts';
import type { EvalCase, Given, Gold } from './suite.ts';

export const verdicts = [
  'right',
  'wrong rows',
  'wrong order',
  'no rows',
  'other query',
  'unanswered',
  'clarify',
  'refused',
  'error',
] as const;
export type Verdict = (typeof verdicts)[number];

export type Judged = {
  readonly one: EvalCase;
  readonly given: Given;
  readonly goldSql: string | undefined;
  readonly verdict: Verdict;
};

/** Execution accuracy: the same rows in any order of columns, in the same order where the right answer has one. */
export function judge(one: EvalCase, gold: Gold, given: Given): Judged {
  const goldSql = gold.kind === 'rows' ? gold.sql : undefined;
  return { one, given, goldSql, verdict: verdictOf(gold, given) };
}

function verdictOf(gold: Gold, given: Given): Verdict {
  if (given.status !== 'answered' || given.rows === undefined)
    return given.status === 'answered' ? 'error' : given.status;
  if (gold.kind === 'query') return given.by === `verified ${gold.id}` ? 'right' : 'other query';
  const [wanted, got] = [resultKey(gold.rows), resultKey(given.rows)];
  if (wanted.rows === got.rows) return gold.ordered && wanted.inOrder !== got.inOrder ? 'wrong order' : 'right';
  return isEmptyResult(given.rows) ? 'no rows' : 'wrong rows';
}

/** The figures of a run; percentages of all questions but for `precision_pct`, which is of those answered. */
export function figuresOf(judged: readonly Judged[]) {
  const answered = judged.filter(({ given }) => given.status === 'answered');
  const right = judged.filter(({ verdict }) => verdict === 'right').length;
  const times = judged.map(({ given }) => given.ms).sort((a, b) => a - b);
  const cost = judged.reduce((sum, { given }) => sum + given.costMicroUsd, 0) / 1e6;
  return {
    execution_accuracy_pct: percent(right, judged.length),
    coverage_pct: percent(answered.length, judged.length),
    precision_pct: percent(right, answered.length),
    cost_usd: Math.round(cost * 1e4) / 1e4,
    p50_ms: Math.round(times[Math.floor(times.length * 0.5)] ?? 0),
    p95_ms: Math.round(times[Math.floor(times.length * 0.95)] ?? 0),
  };
}

/** How many of each verdict that occurs, in the order of `verdicts`. */
export const countsOf = (judged: readonly Judged[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    verdicts
      .map((verdict) => [verdict, judged.filter((one) => one.verdict === verdict).length] as const)
      .filter(([, count]) => count > 0),
  );

const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;
