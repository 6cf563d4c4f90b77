import { isMemoriError } from '../base/errors.ts';
import type { Arrival } from '../base/question.ts';
import type { Claimed } from './claim-turn.ts';
import { type Asked, keep, type Parts } from './lifecycle-deps.ts';
import type { Surface } from './surface.ts';

/** Attempts whose outcome could not be shown, after which a question is given up. */
const maxFailures = 3;
/**
 * Expired leases after which a question is given up. The question rarely causes a crash, but one that always does must
 * end.
 */
export const maxCrashes = 5;
/** Before the second attempt; the third waits four times as long. Milliseconds. */
const retryMs = 5_000;
export /**
 * What was not shown is done again: by another instance at once when this one shuts down, after a pause when it failed,
 * and after three failures the person is told, or the operators when there is no telling the person.
 */
async function setBack(
  error: unknown,
  { arrival, surface, leftBehind }: Asked,
  claimed: Claimed,
  deps: Parts,
): Promise<void> {
  const { inbox, ops, closing } = deps;
  const { lease, owner } = claimed;
  const { id } = arrival;
  const now = ops.clock.now();
  const failed = 1 + (leftBehind?.failures ?? 0);
  await surface.reply.suspend();
  if (lease.lost.aborted) return void ops.logger.warn('Another instance took a question over.', { question: id });
  if (closing.aborted) return keep(inbox.release(id, owner, now), 'lease that is handed back', deps);
  const retryAt = new Date(now.getTime() + retryMs * 4 ** (failed - 1));
  if (isMemoriError(error, 'busy')) return keep(inbox.release(id, owner, retryAt), 'lease that is handed back', deps);
  ops.logger.warn('An answer could not be shown.', { question: id, failed, error });
  if (failed >= maxFailures || (leftBehind?.crashes ?? 0) >= maxCrashes)
    return giveUp(error, arrival, surface, owner, deps);
  await keep(inbox.fail(id, owner, retryAt), 'failure of a question', deps);
}

/** Tells the person, and in any case the operators: by an alert, and by the audit. */
async function giveUp(error: unknown, arrival: Arrival, { reply }: Surface, owner: string, deps: Parts): Promise<void> {
  const { caller, channel, id } = arrival;
  const { clock } = deps.ops;
  const outcome = deps.failures(error, arrival, 'en');
  await keep(reply.finish(outcome, { ms: 0, costMicroUsd: 0 }, id), 'word that a question failed', deps);
  const who = { team: caller.team, user: caller.user, channel };
  await keep(
    deps.audit.append({ at: clock.now(), ...who, action: 'question', target: id, result: 'failed' }),
    'audit',
    deps,
  );
  await keep(deps.inbox.finish(id, owner, 'failed', clock.now()), 'end of a question', deps);
}
