import { answerQuestion } from '../../src/core/answer.ts';
import type { Outcome } from '../../src/core/answers/outcome.ts';
import { read } from '../../src/core/answers/read.ts';
import type { Run } from '../../src/core/answers/run.ts';
import type { Source } from '../../src/core/answers/source.ts';
import { isMemoriError } from '../../src/core/base/errors.ts';
import type { QueryLimits } from '../../src/core/data/database.ts';
import type { SyntaxTree } from '../../src/core/data/syntax.ts';
import type { Memories } from '../../src/core/memory/memories.ts';
import type { LanguageModel } from '../../src/core/model/model.ts';
import { isOrderedSql } from '../../src/core/sql/voting/ordered-sql.ts';
import { timeoutMs } from './open-source.ts';
import type { EvalCase, Given, Gold, Suite } from './suite.ts';

const limits: QueryLimits = { maxRows: 10_000, maxBytes: 50_000_000, maxCellLength: 5_000, timeoutMs };

/** A question that someone asks for the first time in a room of their own, with nothing remembered. */
const person = {
  team: 'EVAL',
  user: 'EVAL',
  name: 'eval',
  locale: 'en',
  timeZone: 'UTC',
  external: false,
  admin: true,
} as const;
const noMemories: Memories = {
  recall: async () => [],
  detect: () => undefined,
  teach: () => Promise.reject(new Error('An evaluation teaches nothing.')),
  remember: async () => {},
  received: async () => {},
  note: async () => 0,
  list: async () => [],
  forget: () => Promise.reject(new Error('An evaluation forgets nothing.')),
};

/** The right answer: SQL to run as the product would, a known result, or the verified query that must answer. */
export type ProductGold = { readonly sql: string | SyntaxTree } | Gold;

/** A question with what is right and who is asked: the database, and the model, if any. */
export type ProductCase = EvalCase & {
  gold(): Promise<ProductGold>;
  asked(): Promise<{ readonly source: Source; readonly model: LanguageModel | undefined }>;
};

/** Asks the product itself, as one question in Slack would be answered. */
export function createProductSuite(
  name: string,
  cases: readonly ProductCase[],
  { notes, close }: Pick<Suite, 'notes' | 'close'>,
): Suite {
  const byId = new Map(cases.map((one) => [one.id, one]));
  const caseOf = (id: string): ProductCase => {
    const one = byId.get(id);
    if (one === undefined) throw new RangeError(`no question ${id}`);
    return one;
  };
  return {
    name,
    cases,
    notes,
    close,
    async gold({ id }): Promise<Gold> {
      const gold = await caseOf(id).gold();
      if ('kind' in gold) return gold;
      const { source } = await caseOf(id).asked();
      const { sql, result } = await read(
        gold.sql,
        source,
        limits,
        runOf(() => undefined),
      );
      return { kind: 'rows', sql: sql.asAsked, rows: result.rows, ordered: isOrderedSql(sql.asAsked) };
    },
    async answer({ id, question: text }) {
      const { source, model } = await caseOf(id).asked();
      const question = {
        id: `EVAL:EVAL:${id}`,
        text,
        person,
        place: { kind: 'dm', channel: 'EVAL', isPrivate: true, thread: id },
        askedAt: new Date(),
        origin: 'message',
      } as const;
      let costMicroUsd = 0;
      const run = runOf((spent) => {
        costMicroUsd += spent;
      });
      const begun = performance.now();
      const outcome = await answerQuestion(
        question,
        [],
        { memories: noMemories, sources: [source], model, limits },
        run,
      ).catch(asFailure);
      return { ...givenOf(outcome), ms: performance.now() - begun, costMicroUsd };
    },
  };
}

const runOf = (spend: (microUsd: number) => void): Run => ({
  signal: AbortSignal.timeout(10 * timeoutMs),
  locale: 'en',
  progress: () => {},
  spend,
});

type Failure = { readonly status: 'refused' | 'error'; readonly text: string; readonly reason: string };

function asFailure(error: unknown): Failure {
  const refused = isMemoriError(error, 'sql_refused');
  const text = error instanceof Error ? error.message : String(error);
  const reason = isMemoriError(error) ? String(error.details.reason ?? error.code) : 'bug';
  return { status: refused ? 'refused' : 'error', text, reason };
}

function givenOf(outcome: Outcome | Failure): Omit<Given, 'ms' | 'costMicroUsd'> {
  if (outcome.status === 'answered') {
    const by = outcome.verified ? `verified ${outcome.verified.id}` : outcome.source;
    return { status: 'answered', by, sql: outcome.sql, rows: outcome.result.rows, detail: '' };
  }
  const status = outcome.status === 'said' ? 'unanswered' : outcome.status;
  const reason = 'reason' in outcome ? outcome.reason : 'code' in outcome ? outcome.code : undefined;
  return { status, by: 'nothing', sql: undefined, rows: undefined, reason, detail: outcome.text };
}
