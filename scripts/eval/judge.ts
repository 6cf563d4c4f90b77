import { isEmptyResult, type ResultCells, resultKey } from '../../src/core/sql/voting/result-key.ts';
import type { EvalCase, Given, Gold } from './suite.ts';

export const verdicts = [
  'right',
  'accepted',
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
  /** What kind of mistake it is; empty for what is right, or was not answered. */
  readonly mistake: string;
};

/** Execution accuracy: the same rows in any order of columns, in the same order where the right answer has one. */
export function judge(one: EvalCase, gold: Gold, given: Given): Judged {
  const goldSql = gold.kind === 'query' ? undefined : gold.sql;
  const verdict = verdictOf(gold, given);
  return { one, given, goldSql, verdict, mistake: mistakeOf(verdict, gold, given) };
}

function verdictOf(gold: Gold, given: Given): Verdict {
  if (given.status !== 'answered' || given.rows === undefined)
    return given.status === 'answered' ? 'error' : given.status;
  if (gold.kind === 'query') return given.by === `verified ${gold.id}` ? 'right' : 'other query';
  if (gold.kind === 'sql') return 'accepted';
  const [wanted, got] = [resultKey(gold.rows), resultKey(given.rows)];
  if (wanted.rows === got.rows) return gold.ordered && wanted.inOrder !== got.inOrder ? 'wrong order' : 'right';
  return isEmptyResult(given.rows) ? 'no rows' : 'wrong rows';
}

function mistakeOf(verdict: Verdict, gold: Gold, given: Given): string {
  if (verdict === 'refused' || verdict === 'error') return given.reason ?? 'unknown';
  if (verdict === 'wrong rows' && gold.kind === 'rows' && given.rows) return difference(gold.rows, given.rows);
  return verdict === 'wrong order' || verdict === 'no rows' || verdict === 'other query' ? verdict : '';
}

/** How a result differs from the right one. */
function difference(wanted: ResultCells, got: ResultCells): string {
  const [wide, narrow] = [wanted[0]?.length ?? 0, got[0]?.length ?? 0];
  if (wide !== narrow) return narrow < wide ? 'fewer columns' : 'more columns';
  if (wanted.length !== got.length) return got.length < wanted.length ? 'fewer rows' : 'more rows';
  return 'other values';
}

/** The figures of a run; percentages of all questions but for `precision_pct`, which is of those answered. */
export function figuresOf(judged: readonly Judged[]) {
  const answered = judged.filter(({ given }) => given.status === 'answered');
  const right = countOf(judged, 'right');
  const accepted = countOf(judged, 'accepted');
  const times = judged.map(({ given }) => given.ms).sort((a, b) => a - b);
  const cost = judged.reduce((sum, { given }) => sum + given.costMicroUsd, 0) / 1e6;
  return {
    // Without rows there is nothing to be right about.
    ...(accepted > 0
      ? { accepted_pct: percent(accepted, judged.length) }
      : {
          execution_accuracy_pct: percent(right, judged.length),
          coverage_pct: percent(answered.length, judged.length),
          precision_pct: percent(right, answered.length),
        }),
    cost_usd: Math.round(cost * 1e4) / 1e4,
    p50_ms: Math.round(times[Math.floor(times.length * 0.5)] ?? 0),
    p95_ms: Math.round(times[Math.floor(times.length * 0.95)] ?? 0),
  };
}

/** Right, or as good as can be told. */
export const isGood = ({ verdict }: Judged): boolean => verdict === 'right' || verdict === 'accepted';

export const countOf = (judged: readonly Judged[], verdict: Verdict): number =>
  judged.filter((one) => one.verdict === verdict).length;

/** How many of each verdict that occurs, in the order of `verdicts`. */
export const countsOf = (judged: readonly Judged[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    verdicts.map((verdict) => [verdict, countOf(judged, verdict)] as const).filter(([, count]) => count > 0),
  );

/** How many of each kind of mistake, most frequent first. */
export const mistakesOf = (judged: readonly Judged[]): Readonly<Record<string, number>> =>
  tally(judged.flatMap(({ mistake }) => (mistake === '' ? [] : [mistake])));

/** What answered, and how much of that is right. */
export function answerersOf(judged: readonly Judged[]): Readonly<Record<string, { right: number; of: number }>> {
  const kinds = tally(judged.map(({ given }) => kindOf(given)));
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, of]) => [
      kind,
      { right: judged.filter((one) => kindOf(one.given) === kind && isGood(one)).length, of },
    ]),
  );
}

const kindOf = ({ by }: Given): string => by.split(' ')[0] ?? by;

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}

const percent = (part: number, whole: number): number => Math.round((1000 * part) / (whole || 1)) / 10;
