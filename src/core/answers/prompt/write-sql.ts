import { isMemoriError } from '../../base/errors.ts';
import { type Capacity, type LanguageModel, ModelFailure, type ModelReply } from '../../model/model.ts';
import type { LeftOut } from '../outcome.ts';
import { buildRequest } from './build-request.ts';
import type { Draft } from './draft.ts';
import type { Attempt, Writing } from './writing.ts';

/** A reply, and what the prompt had no room for. */
export type WrittenDraft = ModelReply<Draft> & { readonly leftOut: readonly LeftOut[] };

/** Replies that are asked for once more: another try may bring what was asked for. */
const unreadable = ['off_form', 'empty', 'thoughts', 'loop'];

/** A prompt that a server finds too long is cut to what it says it can carry, this often at most. */
const mostCuts = 2;

/**
 * Asks the model for SQL, or to correct its last. What it cannot carry is left out; a reply that cannot be read is asked
 * for once more, without thoughts. Errors: those of `LanguageModel`.
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

/** The vendor counts more tokens than were estimated, which has corrected the estimate. */
const isTooLong = (error: unknown): boolean =>
  isMemoriError(error, 'budget_exceeded') && error.details.scope === 'request';

/** The server has said meanwhile how much it can carry. */
const isSmaller = (now: Capacity | undefined, before: Capacity | undefined): boolean =>
  now?.tokens !== undefined && (before?.tokens === undefined || now.tokens < before.tokens);
