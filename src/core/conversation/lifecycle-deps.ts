import type { AnswerStore } from '../answers/answer-store.ts';
import type { Outcome } from '../answers/outcome.ts';
import type { Run } from '../answers/run.ts';
import type { AuditLog } from '../base/audit.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Metrics } from '../base/metrics.ts';
import type { Arrival, Question } from '../base/question.ts';
import type { Memories } from '../memory/memories.ts';
import type { Failures } from './failures.ts';
import type { Surface } from './surface.ts';
import type { Turn, TurnStore } from './turn-store.ts';
import type { Turns } from './turns.ts';

/** What the lifecycle of questions needs. */
export type LifecycleDeps = {
  readonly inbox: TurnStore;
  readonly answers: AnswerStore;
  readonly turns: Turns;
  readonly memories: Memories;
  readonly audit: AuditLog;
  readonly failures: Failures;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
  /** A new id for each attempt at a question: it owns the lease, so that two attempts in one process exclude each other. */
  attempt(): string;
};

/** What is done for one question once it is its turn. */
export type Work = (question: Question, run: Run) => Promise<Outcome>;

/** A question with where it came from. */
export type Asked = {
  readonly arrival: Arrival;
  readonly surface: Surface;
  readonly work: Work;
  /** Set when an earlier attempt left the question behind. */
  readonly leftBehind?: Turn;
};

/** What every step of the lifecycle works with. */
export type Parts = LifecycleDeps & {
  /** Aborted when this instance shuts down. */
  readonly closing: AbortSignal;
  /** Work that nobody but a shutdown waits for. */
  linger(work: Promise<void>): void;
};

export /** What the person does not wait for: when it fails, they have their answer all the same, and the log says what is missing. */
async function keep(write: Promise<unknown>, what: string, { ops }: Parts): Promise<void> {
  await write.catch((error: unknown) => ops.logger.error(`The ${what} could not be written.`, { error }));
}
