import { throwIfAborted } from '../base/errors.ts';
import { afterwards } from './afterwards.ts';
import { answerTurn } from './answer-turn.ts';
import { claimTurn } from './claim-turn.ts';
import { type Asked, keep, type Parts } from './lifecycle-deps.ts';
import { maxCrashes, setBack } from './set-back.ts';

/**
 * One question, from its claim to what follows its answer. The answer is worked on while Slack shows the placeholder; for
 * nobody to see, it is given up.
 */
export async function carryOut(asked: Asked, deps: Parts): Promise<void> {
  const { arrival, surface, leftBehind } = asked;
  const { reply } = surface;
  const { clock } = deps.ops;
  const claimed = await claimTurn(asked, deps);
  await keep(surface.acknowledge(), 'acknowledgement', deps);
  if (claimed === undefined) return;
  const { lease, owner } = claimed;
  const started = clock.now().getTime();
  const stop = new AbortController();
  const end = () => keep(deps.inbox.finish(arrival.id, owner, 'done', clock.now()), 'end of a question', deps);
  try {
    let shownIn = leftBehind?.replyTs ?? '';
    // Whoever had it ended after the answer was shown: nothing may replace that.
    if (leftBehind?.isShown) await reply.open(leftBehind.replyTs);
    else if ((leftBehind?.crashes ?? 0) >= maxCrashes) throw new Error('The process ended each time it was answered.');
    else if (await surface.admit()) {
      const answering = answerTurn(asked, AbortSignal.any([stop.signal, lease.lost]), deps);
      const [{ question, outcome, costMicroUsd }, replyTs] = await bothOrNeither(
        answering,
        openReply(asked, owner, deps),
        stop,
      );
      throwIfAborted(lease.lost);
      const expense = { ms: clock.now().getTime() - started, costMicroUsd };
      const record = { id: arrival.id, question, outcome, replyTs, answeredAt: clock.now(), ...expense };
      const finishing = reply.finish(outcome, expense, arrival.id);
      const [finalTs] = await Promise.all([finishing, keep(deps.answers.put(record), 'answer', deps)]);
      shownIn = finalTs ?? replyTs;
      await afterwards(question, outcome, expense, deps);
    }
    const tidying = reply.tidy(deps.closing);
    // Nobody waits for what may come late; until then the question is not over.
    if (tidying === undefined) return await end().finally(lease.stop);
    deps.linger(tidying.then(end).finally(lease.stop));
    if (shownIn !== '') await keep(deps.inbox.shown(arrival.id, owner, shownIn), 'mark of a shown answer', deps);
  } catch (error) {
    await setBack(error, asked, claimed, deps).finally(lease.stop);
  }
}

/** Shows the placeholder, and notes where it is for whoever takes the question up after a crash. */
async function openReply({ arrival, surface, leftBehind }: Asked, owner: string, deps: Parts): Promise<string> {
  const replyTs = await surface.reply.open(leftBehind?.replyTs);
  await keep(deps.inbox.replied(arrival.id, owner, replyTs), 'place of a reply', deps);
  return replyTs;
}

/** When one fails, the other is given up. */
async function bothOrNeither<A, B>(answering: Promise<A>, opening: Promise<B>, stop: AbortController): Promise<[A, B]> {
  try {
    return await Promise.all([answering, opening]);
  } catch (error) {
    stop.abort();
    await Promise.allSettled([answering, opening]);
    throw error;
  }
}
