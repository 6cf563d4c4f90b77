import { ModelFailure } from '../../core/model/model.ts';

/** What a vendor's SDK throws, told apart. */
export type VendorErrors = {
  /** The call was stopped by us. */
  isAbort(error: unknown): boolean;
  /** Key, permission, model id, malformed request, no credit or a spend limit reached: trying again cannot help. */
  isSetupFault(error: unknown): boolean;
  /** The variables to look at, for whoever set it up. */
  readonly variables: string;
};

/** HTTP statuses that say the same of every vendor: the request or the account is at fault, not the moment. */
export const setupStatuses: readonly number[] = [400, 401, 402, 403, 404, 405, 413, 422];

/** Turns what a vendor's SDK throws into the failures that the core knows. */
export const createFailureOf =
  ({ isAbort, isSetupFault, variables }: VendorErrors) =>
  /**
   * `billed` is what the vendor charged as far as is known: an HTTP error before the stream began costs nothing
   * (docs.claude.com, "Errors"; developers.openai.com, "Error codes").
   */
  (error: unknown, model: string, signal: AbortSignal, billed: 'nothing' | 'unknown' = 'nothing'): ModelFailure => {
    if (error instanceof ModelFailure) return error;
    const options = { cause: error, details: { model } };
    if (signal.aborted || isAbort(error))
      return new ModelFailure('cancelled', 'The model call was stopped.', billed, options);
    if (isSetupFault(error))
      return new ModelFailure('model_misconfigured', `The model refuses the request: ${messageOf(error)}`, billed, {
        ...options,
        next: `Check ${variables} and the credit and limits of the account.`,
      });
    return new ModelFailure('model_unavailable', `The model does not answer: ${messageOf(error)}`, billed, {
      ...options,
      next: 'Try again in a minute.',
    });
  };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
