import type { ErrorDetails } from '../../core/base/errors.ts';
import type { FailureReason } from '../../core/base/failure-reason.ts';
import { ModelFailure } from '../../core/model/model.ts';

/** An error of a vendor's SDK in protocol-independent form. */
export type Fault = {
  readonly status: number | undefined;
  readonly message: string;
  /** The reason from the vendor's own codes. When absent, the status decides. */
  readonly reason?: FailureReason | undefined;
  readonly details?: ErrorDetails;
};

/** The environment variables that the operator should check. */
export type ModelVariables = { readonly key: string; readonly model: string; readonly url: string };

/** HTTP statuses that mean the same for every vendor. */
const byStatus: Readonly<Record<number, FailureReason>> = {
  400: 'request',
  401: 'key',
  402: 'credit',
  403: 'key',
  404: 'no_model',
  405: 'request',
  413: 'context',
  422: 'request',
  429: 'rate',
};

const setupReasons: readonly FailureReason[] = [
  'key',
  'credit',
  'no_model',
  'context',
  'web_page',
  'wrong_url',
  'request',
];

/** Converts a fault to a `ModelFailure`. An HTTP error before the stream begins costs nothing. */
export function failureFrom(fault: Fault, cause: unknown, model: string, variables: ModelVariables): ModelFailure {
  const reason = fault.reason ?? byStatus[fault.status ?? 0] ?? (fault.status === undefined ? 'away' : 'server_error');
  const isSetup = setupReasons.includes(reason);
  const variable = variableFor(reason, variables);
  return new ModelFailure(
    isSetup ? 'model_misconfigured' : 'model_unavailable',
    `${isSetup ? 'The model refuses the request' : 'The model does not answer'}: ${fault.message.slice(0, 300)}`,
    'nothing',
    {
      cause,
      reason,
      details: { model, variable, ...fault.details },
      next: isSetup ? `Check ${variable}.` : 'Try again in a minute.',
    },
  );
}

function variableFor(reason: FailureReason, { key, model, url }: ModelVariables): string {
  switch (reason) {
    case 'no_model':
      return model;
    case 'key':
    case 'credit':
      return key;
    case 'away':
    case 'connect':
    case 'web_page':
    case 'wrong_url':
      return url;
    case 'context':
      return 'MEMORI_PROMPT_SIZE';
    default:
      return `${key}, ${url}, ${model}`;
  }
}

/** The reason of a network error, found in its chain of causes, since connection errors wrap each other. */
export function networkReason(error: unknown): Extract<FailureReason, 'away' | 'connect'> {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && (at.code === 'UND_ERR_CONNECT_TIMEOUT' || at.code === 'ETIMEDOUT')) return 'connect';
  return 'away';
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
