import { isMemoriError } from '../base/errors.ts';
import { isOrderedSql } from '../sql/voting/ordered-sql.ts';
import { selectByExecution } from '../sql/voting/select-by-execution.ts';
import type { Asking } from './from-verified.ts';
import type { Written } from './outcome.ts';
import type { Draft } from './prompt/draft.ts';
import { type ReadResult, read } from './read.ts';
import type { Run } from './run.ts';

/**
 * Runs every draft and returns the one whose rows most drafts agree on. Undefined when no draft runs, so that the first
 * is repaired. Errors: those of an unreachable database, and `cancelled`.
 */
export async function agreedDraft(
  drafts: readonly Draft[],
  { source, limits }: Asking,
  run: Run,
): Promise<Agreed | undefined> {
  const candidates = drafts
    .filter(({ kind }) => kind === 'sql')
    .map((draft) => ({ value: draft, ordered: isOrderedSql(draft.sql) }));
  const vote = await selectByExecution(
    candidates,
    async ({ sql }) => {
      const reading = await read(sql, source, limits, run, 'model');
      return { reading, rows: reading.result.rows };
    },
    (error) => !mayLose.some((code) => isMemoriError(error, code)),
  );
  if (vote?.executed.status !== 'rows') return undefined;
  return {
    draft: vote.value,
    reading: vote.executed.result.reading,
    vote: { agreed: vote.votes, of: drafts.length },
  };
}

type Agreed = {
  readonly draft: Draft;
  readonly reading: ReadResult;
  readonly vote: NonNullable<Written['vote']>;
};

/** Errors that exclude a draft from the vote without failing the question. */
const mayLose = ['sql_refused', 'query_failed', 'query_timeout', 'plan_too_large'] as const;
