import type { AnswerStore } from '../core/answers/answer-store.ts';
import type { IdleThread, IdleThreads } from '../core/answers/extraction/idle-threads.ts';
import { readThread } from '../core/answers/extraction/read-thread.ts';
import type { Clock } from '../core/base/clock.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { JobRuns } from '../core/base/job-runs.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Metrics } from '../core/base/metrics.ts';
import type { Memories } from '../core/memory/memories.ts';
import type { LanguageModel } from '../core/model/model.ts';
import type { Job } from './job.ts';
import { withLease } from './with-lease.ts';

/** What `memory-extract` needs. The model must carry a budget. */
export type ExtractDeps = {
  readonly threads: IdleThreads;
  readonly answers: AnswerStore;
  readonly memories: Memories;
  readonly model: LanguageModel;
  readonly runs: JobRuns;
  readonly ops: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics };
};

/** Conversations read, facts added to the memory, and facts dropped: read but not kept. */
export type ExtractReport = { readonly threads: number; readonly added: number; readonly dropped: number };

/** A conversation counts as finished after this long without a message. Milliseconds. */
const idleMs = 30 * 60_000;
/** Conversations read in one run; the next run takes more. */
const threadsPerRun = 100;
const rememberedAnswers = 30;

/** Reads finished conversations for facts, each once and by one instance at a time. */
export const extractJob = (deps: ExtractDeps): Job => ({
  name: 'memory-extract',
  schedule: '0 29 * * * *',
  atStart: false,
  run: (signal) => withLease('memory-extract', deps.runs, deps.ops, () => extractFacts(deps, signal)),
});

/** One run. Ends early when the model does not answer or the budget is used up; the next run continues. */
export async function extractFacts(deps: ExtractDeps, signal: AbortSignal): Promise<ExtractReport> {
  const { threads, ops } = deps;
  const report = { threads: 0, added: 0, dropped: 0 };
  for (const thread of await threads.idle(new Date(ops.clock.now().getTime() - idleMs), threadsPerRun)) {
    if (signal.aborted) break;
    const outcome = await readOne(thread, deps, signal);
    if (outcome === 'later') break;
    await threads.read(thread);
    report.threads += 1;
    report.added += outcome.added;
    report.dropped += outcome.dropped;
  }
  for (const change of ['added', 'dropped'] as const)
    if (report[change] > 0)
      ops.metrics.count('memori_job_changes_total', { job: 'memory-extract', change }, report[change]);
  ops.logger.info('A memory job is done.', { job: 'memory-extract', ...report });
  return report;
}

/**
 * Errors that concern one conversation only. Any other expected error would hit the next conversation too, so the run
 * ends.
 */
const lasting = ['model_refused', 'model_truncated', 'invalid_input'];

async function readOne(
  { session, readUntil }: IdleThread,
  { answers, memories, model, ops }: ExtractDeps,
  signal: AbortSignal,
): Promise<{ readonly added: number; readonly dropped: number } | 'later'> {
  try {
    const found = await readThread(await answers.thread(session, rememberedAnswers), readUntil, model, signal);
    if (found === undefined) return { added: 0, dropped: 0 };
    const added = await memories.note(found.facts);
    return { added, dropped: found.dropped + found.facts.length - added };
  } catch (error) {
    const code = isMemoriError(error) ? error.code : undefined;
    ops.logger.warn('a conversation could not be read for facts', { session, code, error });
    // After an unexpected error the conversation counts as read: retried, it would block those behind it every hour.
    return code === undefined || lasting.includes(code) ? { added: 0, dropped: 0 } : 'later';
  }
}
