import OpenAI from 'openai';
import type { FailureReason } from '../../core/base/failure-reason.ts';
import { ModelFailure } from '../../core/model/model.ts';
import { type Fault, failureFrom, messageOf, networkReason } from '../models/model-failure.ts';
import { retryAfterSeconds } from '../models/model-retries.ts';

const variables = { key: 'OPENAI_API_KEY', model: 'MEMORI_OPENAI_MODEL', url: 'OPENAI_BASE_URL' } as const;

/** Codes and types with the same meaning on every server: OpenAI's, llama.cpp's, vLLM's. */
const byCode: Readonly<Record<string, FailureReason>> = {
  context_length_exceeded: 'context',
  exceed_context_size_error: 'context',
  insufficient_quota: 'credit',
  billing_hard_limit_reached: 'credit',
  model_not_found: 'no_model',
  NotFoundError: 'no_model',
};

/** Converts an error of a server that speaks OpenAI's API to a `ModelFailure`. */
export function failureOf(error: unknown, model: string, server: string, signal: AbortSignal): ModelFailure {
  if (error instanceof ModelFailure) return error;
  if (signal.aborted || error instanceof OpenAI.APIUserAbortError)
    return new ModelFailure('cancelled', 'The model call was stopped.', 'nothing', { cause: error });
  const fault = faultOf(error);
  return failureFrom({ ...fault, details: { server, ...fault.details } }, error, model, variables);
}

/** Reads what an error of the SDK says, without naming the model. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof OpenAI.APIError) || error.status === undefined)
    return { status: undefined, message: messageOf(error), reason: networkReason(error) };
  return faultIn(error.status, error.message, error.error, error.headers);
}

/** Reads an error response. `body`: the value of `error`, or the whole body. */
export function faultIn(
  status: number,
  message: string,
  body: unknown,
  headers: { get(name: string): string | null } | undefined,
): Fault {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const isPage = (headers?.get('content-type') ?? '').includes('html') || /^\d*\s*<(?:!doctype|html)/i.test(message);
  const reason = isPage
    ? status >= 500
      ? 'server_error'
      : 'web_page'
    : (byCode[String(fields.code)] ?? byCode[String(fields.type)] ?? reasonInWords(status, message));
  const seconds = retryAfterSeconds(headers);
  const contextTokens = reason === 'context' ? contextIn(fields, message) : undefined;
  return {
    status,
    message: isPage ? `${status}, a page of HTML` : message,
    reason,
    details: { ...(seconds > 0 ? { seconds } : {}), ...(contextTokens ? { contextTokens } : {}) },
  };
}

/** The reason from the message, since compatible servers have few codes. */
function reasonInWords(status: number, message: string): FailureReason | undefined {
  if (
    [400, 413, 422, 500].includes(status) &&
    /context (?:length|size|window)|(?:prompt|input)(?: is)? too long/i.test(message)
  )
    return 'context';
  if (status === 429) return /billing|spend|credit|usage limit|quota/i.test(message) ? 'credit' : 'rate';
  if (status === 503 && /loading/i.test(message)) return 'loading';
  if (status === 404 || status === 400)
    return /\bmodel\b.*(?:not found|not exist|not loaded|unknown)|no such model/i.test(message)
      ? 'no_model'
      : status === 404
        ? 'wrong_url'
        : undefined;
  return undefined;
}

/** The context size that an error names: "(2048 tokens)", "maximum context length is 4096 tokens". */
function contextIn(fields: Readonly<Record<string, unknown>>, message: string): number | undefined {
  if (typeof fields.n_ctx === 'number') return fields.n_ctx;
  const named = /context (?:length|size|window)\D{0,20}(\d+)/i.exec(message)?.[1];
  return named === undefined ? undefined : Number(named);
}
