import type { Outcome } from '../answers/outcome.ts';
import { isMemoriError, MemoriError, throwIfAborted } from '../base/errors.ts';
import { sessionOf } from '../base/namespace.ts';
import type { Question } from '../base/question.ts';
import { localeOf } from '../texts/texts-for.ts';
import type { Asked, Parts } from './lifecycle-deps.ts';
import { personFacts } from './person-facts.ts';

type Answer = { readonly question: Question; readonly outcome: Outcome; readonly costMicroUsd: number };

/** Waits for its turn, does the work, and turns failures into something to show. Rejects when nobody will see it. */
export async function answerTurn(
  { arrival, surface, work, leftBehind }: Asked,
  unseen: AbortSignal,
  deps: Parts,
): Promise<Answer> {
  const { id, caller, text } = arrival;
  const { turns, failures, closing } = deps;
  const { reply } = surface;
  const asker = `${caller.team}:${caller.user}`;
  const session = sessionOf(caller.team, arrival.channel, arrival.thread);
  const asking = surface.question();
  let costMicroUsd = 0;
  try {
    const turn = await turns.enter({ id, session, person: asker, onWait: reply.waiting });
    try {
      const question = await asking;
      throwIfAborted(unseen);
      if (question.person.external)
        throw new MemoriError('not_allowed', 'Only members of this workspace are answered.');
      const outcome = await work(question, {
        signal: AbortSignal.any([turn.signal, unseen]),
        offPlace: (call) => turn.offPlace(call),
        asker,
        person: personFacts(question),
        locale: localeOf(text, question.person.locale),
        progress: (step) => reply.progress(step),
        spend: (microUsd) => {
          costMicroUsd += microUsd;
        },
      });
      return { question, outcome, costMicroUsd };
    } finally {
      turn.leave();
    }
  } catch (error) {
    const isForLater = leftBehind && isMemoriError(error, 'busy');
    if (closing.aborted || unseen.aborted || isForLater) throw error;
    const question = await asking;
    return { question, outcome: failures(error, question, question.person.locale), costMicroUsd };
  }
}
