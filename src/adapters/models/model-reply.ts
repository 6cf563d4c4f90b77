import type { FailureReason } from '../../core/base/failure-reason.ts';
import { estimateTokens } from '../../core/language/estimate-tokens.ts';
import { type Billed, ModelFailure, type ModelReply, type ModelRequest } from '../../core/model/model.ts';
import type { Deadlines } from './model-deadlines.ts';
import type { Collected } from './read-pieces.ts';

/**
 * Converts a collected answer to a reply, or throws a `ModelFailure` with the reason and the bill. A truncated reply
 * counts if it contains a complete statement.
 */
export function replyOf<T>(
  collected: Collected,
  request: ModelRequest<T>,
  model: string,
  deadlines: Deadlines,
  stop: AbortSignal,
): ModelReply<T> {
  const { text, finish, usage } = collected;
  const billed = billOf(collected);
  const fail = (code: ModelFailure['code'], message: string, reason: FailureReason): ModelFailure =>
    new ModelFailure(code, message, billed, { reason, details: { model }, cause: collected.error });
  if (stop.aborted) throw new ModelFailure('cancelled', 'The model call was stopped.', billed);
  if (collected.refusal !== '' || finish === 'refusal')
    throw fail('model_refused', 'The model declined to answer.', 'refusal');
  const value = request.read(text, finish !== 'end');
  if (value !== undefined && (finish !== undefined || deadlines.passed !== undefined))
    return {
      value,
      model: collected.model ?? model,
      usage,
      ...(usage === undefined && finish !== 'end' ? { outputSoFar: outputSoFar(collected) } : {}),
      costMicroUsd: 0,
    };
  switch (finish) {
    case 'loop':
      throw fail('model_truncated', 'The model only repeated itself, so its answer was ended.', 'loop');
    case 'context':
    case 'length':
      throw text.trim() === '' && collected.thoughts > 0
        ? fail('model_truncated', `The model used ${request.maxOutputTokens} tokens for thoughts alone.`, 'thoughts')
        : fail('model_truncated', `The answer needed more than ${request.maxOutputTokens} tokens.`, 'length');
    case 'end':
      throw unread(collected, fail);
    case undefined:
      throw broken(deadlines, fail);
  }
}

function unread(
  { text, thoughts }: Collected,
  fail: (code: ModelFailure['code'], message: string, reason: FailureReason) => ModelFailure,
): ModelFailure {
  if (text.trim() !== '')
    return fail('model_unavailable', `The model answered in another form: ${text.trim().slice(0, 200)}`, 'off_form');
  return thoughts > 0
    ? fail('model_unavailable', 'The model thought and said nothing.', 'thoughts')
    : fail('model_unavailable', 'The model answered with an empty text.', 'empty');
}

function broken(
  { passed }: Deadlines,
  fail: (code: ModelFailure['code'], message: string, reason: FailureReason) => ModelFailure,
): ModelFailure {
  switch (passed) {
    case 'first_token':
      return fail('model_unavailable', 'The model sent no word within the time limit.', 'first_token');
    case 'idle':
      return fail('model_unavailable', 'The model stopped in the middle of its answer.', 'idle');
    case 'total':
      return fail('model_unavailable', 'The model wrote for longer than the time limit.', 'total');
    case undefined:
      return fail('model_unavailable', 'The answer of the model broke off.', 'cut');
  }
}

/**
 * The usage that the server reported, else what was received, including thoughts. When nothing was received the bill is
 * unknown, because much may have been computed.
 */
function billOf(collected: Collected): Billed {
  const { usage, started, text, thoughts } = collected;
  if (usage) return usage;
  // Billed thoughts are not always shown.
  if (started) return thoughts > 0 ? 'unknown' : { ...started, output: estimateTokens(text) };
  return text === '' && thoughts === 0 ? 'unknown' : { outputSoFar: outputSoFar(collected) };
}

const outputSoFar = ({ text, thoughts }: Collected): number => estimateTokens(text) + Math.ceil(thoughts / 2);
