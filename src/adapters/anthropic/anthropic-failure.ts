import Anthropic from '@anthropic-ai/sdk';
import { createFailureOf, setupStatuses } from '../models/model-failure.ts';

/** Every way a call to Anthropic can fail, as the core knows them. A spend limit comes as a 429 whose message says so. */
export const failureOf = createFailureOf({
  isAbort: (error) => error instanceof Anthropic.APIUserAbortError,
  isSetupFault: (error) =>
    error instanceof Anthropic.APIError &&
    (setupStatuses.includes(error.status ?? 0) ||
      (error.status === 429 && /spend|credit|billing|usage limit/i.test(error.message))),
  variables: 'ANTHROPIC_API_KEY, MEMORI_CLAUDE_MODEL',
});
