import OpenAI from 'openai';
import { createFailureOf, setupStatuses } from '../models/model-failure.ts';

/** What OpenAI says of an empty account, which it sends as a 429 like a rate limit. */
const spent = /insufficient_quota|billing|spend|credit|usage limit/i;

/** Every way a call to a server that speaks OpenAI's API can fail, as the core knows them. */
export const failureOf = createFailureOf({
  isAbort: (error) => error instanceof OpenAI.APIUserAbortError,
  isSetupFault: (error) =>
    error instanceof OpenAI.APIError &&
    (setupStatuses.includes(error.status ?? 0) ||
      (error.status === 429 && spent.test(`${error.code ?? ''} ${error.type ?? ''} ${error.message}`))),
  variables: 'OPENAI_API_KEY, OPENAI_BASE_URL, MEMORI_OPENAI_MODEL',
});
