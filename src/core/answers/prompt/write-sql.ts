import { isMemoriError } from '../../base/errors.ts';
import { type Capacity, type LanguageModel, ModelFailure, type ModelReply } from '../../model/model.ts';
import type { LeftOut } from '../outcome.ts';
import { buildRequest } from './build-request.ts';
import type { Draft } from './draft.ts';
import type { Attempt, Writing } from './writing.ts';

/** A reply with its draft, and what the prompt had no room for. */
export type WrittenDraft = ModelReply<Draft> & { readonly leftOut: readonly LeftOut[] };

/** Failures after which the model is asked once more. */
const unreadable = ['off_form', 'empty', 'thoughts', 'loop'];

/** How often a prompt that the server rejects as too long is cut. */
const mostCuts = 2;

/**
 * Asks the model to write SQL or to correct its last statement. Cuts the prompt to the model's capacity. After a reply
 * that cannot be parsed, asks once more without thoughts. Errors: those of `LanguageModel`.
 */
export async function writeSql(
  model: LanguageModel,
  writing: Writing,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<WrittenDraft> {
  let again = false;
  let cuts = 0;
  for (;;) {
    const capacity = model.capacity?.(attempt.route);
    const { request, leftOut } = await buildRequest(writing, { ...attempt, again, cuts, capacity }, signal);
    try {
      return { ...(await model.generate(request, signal)), leftOut };
    } catch (error) {
      if (isTooLong(error) && cuts < mostCuts) {
        cuts += 1;
        continue;
      }
      if (!(error instanceof ModelFailure)) throw error;
      if (error.reason === 'context' && cuts < mostCuts && isSmaller(model.capacity?.(attempt.route), capacity))
        cuts += 1;
      else if (!again && unreadable.includes(error.reason ?? '')) again = true;
      else throw error;
    }
  }
}

/** Whether the vendor counted more tokens than the capacity allows. The count has already corrected the estimate. */
const isTooLong = (error: unknown): boolean =>
  isMemoriError(error, 'budget_exceeded') && error.details.scope === 'request';

/** Whether the server has meanwhile reported a smaller capacity. */
const isSmaller = (now: Capacity | undefined, before: Capacity | undefined): boolean =>
  now?.tokens !== undefined && (before?.tokens === undefined || now.tokens < before.tokens);
