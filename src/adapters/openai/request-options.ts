import type { Fault } from '../models/model-failure.ts';

/**
 * Options in which OpenAI-compatible servers differ. The best are tried first; rejected ones are no longer sent.
 * Rejections are not billed.
 */
export type RequestOptions = {
  /** `json_schema`: the server enforces the schema. The prompt describes the reply in any case. */
  readonly format: Format;
  /** Whether the schema limits lists and texts. OpenAI's strict schemas do not support that. */
  readonly bounds: boolean;
  /** OpenAI's reasoning models reject the older name; older servers know only that. */
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  /** Ask for usage at the end of the stream. */
  readonly usage: boolean;
  /** Send the reasoning effort. */
  readonly effort: boolean;
  /**
   * Send temperature 0, because llama.cpp and Ollama default to 0.8. OpenAI's reasoning models accept only their
   * default.
   */
  readonly temperature: boolean;
  /** `merged`: the system text begins the person's message, for templates without a system role. */
  readonly system: 'own' | 'merged';
};

/** How the form of a reply is requested, strictest first. */
export type Format = 'json_schema' | 'json_object' | 'words';

/** The options to try first. Servers other than OpenAI get the older name of the limit, which they all understand. */
export const firstOptions = (isOpenAi: boolean): RequestOptions => ({
  format: 'json_schema',
  bounds: !isOpenAi,
  limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
  usage: true,
  effort: true,
  temperature: !isOpenAi,
  system: 'own',
});

/** Statuses with which servers reject options. Jinja templates fail with 500. */
const objecting = [400, 404, 415, 422, 500, 501];

/**
 * Options without what the server rejected; undefined when the error has another reason. `param`: the parameter that
 * the server names.
 */
export function optionsWithout(
  options: RequestOptions,
  { status, message }: Fault,
  param: string,
): RequestOptions | undefined {
  if (!objecting.includes(status ?? 0)) return undefined;
  const about = (names: RegExp): boolean => names.test(`${param} ${message}`);
  if (options.system === 'own' && about(/system role|roles? must alternate|only user and assistant roles/i))
    return { ...options, system: 'merged' };
  if (options.bounds && about(/max_?length|max_?items|number of repetitions|grammar/i))
    return { ...options, bounds: false };
  if (about(/response_format|json_schema|json_object|structured output|guided|grammar/i)) return withoutFormat(options);
  if (options.effort && about(/reasoning|thinking/i)) return { ...options, effort: false };
  if (options.usage && about(/stream_options|include_usage/i)) return { ...options, usage: false };
  if (options.temperature && about(/temperature/i)) return { ...options, temperature: false };
  if (about(/max_(completion_)?tokens/i)) return otherLimit(options, message);
  return undefined;
}

/** The next less strict format; undefined for the last. */
export const looserFormat = (format: Format): Format | undefined =>
  format === 'json_schema' ? 'json_object' : format === 'json_object' ? 'words' : undefined;

function withoutFormat(options: RequestOptions): RequestOptions | undefined {
  const format = looserFormat(options.format);
  return format && { ...options, format };
}

/**
 * Switches the name of the limit only when the name was rejected ("Unsupported parameter: 'max_tokens'"), not when the
 * limit is too high.
 */
const otherLimit = (options: RequestOptions, objection: string): RequestOptions | undefined =>
  /unsupported|unknown|unrecognized|not supported|not permitted|extra/i.test(objection)
    ? { ...options, limit: options.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' }
    : undefined;
