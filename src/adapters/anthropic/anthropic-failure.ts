import Anthropic from '@anthropic-ai/sdk';
import { ModelFailure } from '../../core/model.ts';

/**
 * Every way a call can fail, as the core knows them. `billed` is what the vendor charged as far as is known: an HTTP
 * error before the stream began costs nothing (docs.claude.com, "Errors").
 */
export function failureOf(
  error: unknown,
  model: string,
  signal: AbortSignal,
  billed: 'nothing' | 'unknown' = 'nothing',
): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const options = { cause: error, details: { model } };
  if (signal.aborted || error instanceof Anthropic.APIUserAbortError)
    return new ModelFailure('cancelled', 'The model call was stopped.', billed, options);
  if (isSetupFault(error))
    return new ModelFailure('model_misconfigured', `The model refuses the request: ${messageOf(error)}`, billed, {
      ...options,
      next: 'Check ANTHROPIC_API_KEY, MEMORI_CLAUDE_MODEL and the credit and limits of the account.',
    });
  return new ModelFailure('model_unavailable', `The model does not answer: ${messageOf(error)}`, billed, {
    ...options,
    next: 'Try again in a minute.',
  });
}

/** Key, permission, model id, malformed request, no credit or a spend limit reached: trying again cannot help. */
function isSetupFault(error: unknown): boolean {
  if (!(error instanceof Anthropic.APIError) || error.status === undefined) return false;
  if ([400, 401, 402, 403, 404, 413, 422].includes(error.status)) return true;
  return error.status === 429 && /spend|credit|billing|usage limit/i.test(error.message);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
