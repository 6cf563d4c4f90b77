import { isEmptyResult, type ResultCells, type ResultKey, resultKey } from './result-key.ts';

/** A statement that may answer the question. `ordered`: its outermost query has ORDER BY, so the order of rows counts. */
export type SqlCandidate<T> = { readonly value: T; readonly ordered: boolean };

/** How running a candidate ended. */
export type Executed<R extends { readonly rows: ResultCells }> =
  | { readonly status: 'rows'; readonly result: R }
  | { readonly status: 'failed'; readonly error: unknown };

/** The chosen candidate. */
export type Vote<T, R extends { readonly rows: ResultCells }> = {
  readonly value: T;
  readonly executed: Executed<R>;
  /** Candidates with the same result, the chosen one among them; 1 when nobody agrees, 0 when it failed. */
  readonly votes: number;
  /** How many candidates there were. */
  readonly of: number;
};

type Run<T, R extends { readonly rows: ResultCells }> = SqlCandidate<T> & {
  readonly executed: Executed<R>;
  readonly key: ResultKey | undefined;
  readonly isEmpty: boolean;
};

/**
 * Runs every candidate, one after the other, and chooses by what they return: results with rows before empty ones
 * before failures; among those the result that most candidates agree on; among equals the earlier candidate. Results
 * are equal in any order of columns, and of rows unless both candidates order them. Undefined without candidates.
 * Errors: an error of `execute` counts as a failure of its candidate, unless `isFatal` (a cancelled question, a
 * database that is down); those are thrown.
 */
export async function selectByExecution<T, R extends { readonly rows: ResultCells }>(
  candidates: readonly SqlCandidate<T>[],
  execute: (value: T) => Promise<R>,
  isFatal: (error: unknown) => boolean = () => false,
): Promise<Vote<T, R> | undefined> {
  const runs: Run<T, R>[] = [];
  for (const candidate of candidates) runs.push(await runOne(candidate, execute, isFatal));
  const [first] = runs;
  if (!first) return undefined;
  const answered = runs.filter(({ key }) => key !== undefined);
  const filled = answered.filter(({ isEmpty }) => !isEmpty);
  const agreeing = largestGroup(filled.length > 0 ? filled : answered, ({ key }) => key?.rows);
  const ordered = largestGroup(
    agreeing.filter((run) => run.ordered),
    ({ key }) => key?.inOrder,
  );
  const chosen = (agreeing[0]?.ordered ? ordered[0] : agreeing[0]) ?? first;
  return { value: chosen.value, executed: chosen.executed, votes: agreeing.length, of: candidates.length };
}

async function runOne<T, R extends { readonly rows: ResultCells }>(
  candidate: SqlCandidate<T>,
  execute: (value: T) => Promise<R>,
  isFatal: (error: unknown) => boolean,
): Promise<Run<T, R>> {
  try {
    const result = await execute(candidate.value);
    const isEmpty = isEmptyResult(result.rows);
    return { ...candidate, executed: { status: 'rows', result }, key: resultKey(result.rows), isEmpty };
  } catch (error) {
    if (isFatal(error)) throw error;
    return { ...candidate, executed: { status: 'failed', error }, key: undefined, isEmpty: true };
  }
}

/** Those with the most common key, in order; of equally common ones, those of the first. */
function largestGroup<T>(all: readonly T[], keyOf: (one: T) => string | undefined): readonly T[] {
  const groups = new Map<string | undefined, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()].reduce((best, group) => (group.length > best.length ? group : best), []);
}
