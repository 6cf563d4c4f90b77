import Anthropic from '@anthropic-ai/sdk';
import type { FailureReason } from '../../core/base/failure-reason.ts';
import { ModelFailure } from '../../core/model/model.ts';
import { type Fault, failureFrom, messageOf, networkReason } from '../models/model-failure.ts';
import { retryAfterSeconds } from '../models/model-retries.ts';

const variables = { key: 'ANTHROPIC_API_KEY', model: 'MEMORI_CLAUDE_MODEL', url: 'ANTHROPIC_BASE_URL' } as const;

/** Stable codes of causes (`error.details.error_code`). */
const byCode: Readonly<Record<string, FailureReason>> = {
  contract_spend_limit_reached: 'credit',
  enforced_spend_limit_reached: 'credit',
  linked_organization_spend_limit_reached: 'credit',
  linked_organization_billing_unavailable: 'credit',
  organization_on_hold: 'credit',
  ramp_limit_exceeded: 'rate',
};

/** Kinds of errors (`error.type`). */
const byType: Readonly<Record<string, FailureReason>> = {
  authentication_error: 'key',
  permission_error: 'key',
  billing_error: 'credit',
  not_found_error: 'no_model',
  rate_limit_error: 'rate',
  overloaded_error: 'server_error',
  api_error: 'server_error',
  timeout_error: 'server_error',
};

/** Converts an error of a call to Anthropic to a `ModelFailure`. */
export function failureOf(error: unknown, model: string, server: string, signal: AbortSignal): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (signal.aborted || error instanceof Anthropic.APIUserAbortError)
    return new ModelFailure('cancelled', 'The model call was stopped.', 'nothing', { cause: error });
  return failureFrom(faultOf(error, server), error, model, variables);
}

/** Reads what an error of the SDK says, without naming the model. */
export function faultOf(error: unknown, server: string): Fault {
  if (!(error instanceof Anthropic.APIError) || error.status === undefined)
    return { status: undefined, message: messageOf(error), reason: networkReason(error), details: { server } };
  const seconds = retryAfterSeconds(error.headers);
  const isPage = (error.headers?.get('content-type') ?? '').includes('html');
  return {
    status: error.status,
    message: isPage ? `${error.status}, a page of HTML` : error.message,
    reason: isPage ? pageReason(error.status) : reasonOf(error),
    details: { server, ...(seconds > 0 ? { seconds } : {}) },
  };
}

const pageReason = (status: number): FailureReason => (status >= 500 ? 'server_error' : 'web_page');

function reasonOf(error: InstanceType<typeof Anthropic.APIError>): FailureReason | undefined {
  const coded = byCode[error.errorCode ?? ''];
  if (coded !== undefined) return coded;
  // Only older gateways send no code; for them, the message decides.
  if (error.status === 429 && error.errorCode === null && /spend|credit|billing|usage limit/i.test(error.message))
    return 'credit';
  if (error.status === 400 && /prompt is too long|context window/i.test(error.message)) return 'context';
  if (error.status === 503 && /loading/i.test(error.message)) return 'loading';
  // A 404 without Anthropic's error body means a wrong path.
  if (error.status === 404 && error.type === null) return 'wrong_url';
  return byType[error.type ?? ''];
}
