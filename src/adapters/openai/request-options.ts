import type { Fault } from '../models/model-failure.ts';

/**
 * How a server wants to be asked. Servers that call themselves OpenAI-compatible differ in these; each is asked in the best
 * way first, and without what it objects to from then on. Objections come before anything is billed.
 */
export type RequestOptions = {
  /** `json_schema`: the server keeps the model to the schema. The prompt says what the reply is in any case. */
  readonly format: Format;
  /** The schema bounds its lists and texts. OpenAI's strict schemas know no such bounds. */
  readonly bounds: boolean;
  /** OpenAI's reasoning models refuse the older name; older servers know no other. */
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  /** Ask for usage at the end of the stream. */
  readonly usage: boolean;
  /** Say how much to think. */
  readonly effort: boolean;
  /** Ask for the likeliest words: the default of llama.cpp and Ollama is 0.8. OpenAI's models take no other than theirs. */
  readonly temperature: boolean;
  /** The templates of some open models know no system role: its text then begins the person's message. */
  readonly system: 'own' | 'merged';
};

export type Format = 'json_schema' | 'json_object' | 'words';

/** Elsewhere than at OpenAI only the older name of the limit is sure to be understood, and a limit must hold. */
export const firstOptions = (isOpenAi: boolean): RequestOptions => ({
  format: 'json_schema',
  bounds: !isOpenAi,
  limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
  usage: true,
  effort: true,
  temperature: !isOpenAi,
  system: 'own',
});

/** Statuses by which servers say that they do not know something. Jinja templates fail with 500. */
const objecting = [400, 404, 415, 422, 500, 501];

/** What avoids the server's objection; undefined when it is about something else. `param`: named by the server. */
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

export const looserFormat = (format: Format): Format | undefined =>
  format === 'json_schema' ? 'json_object' : format === 'json_object' ? 'words' : undefined;

function withoutFormat(options: RequestOptions): RequestOptions | undefined {
  const format = looserFormat(options.format);
  return format && { ...options, format };
}

/** Only when the name is the trouble ("Unsupported parameter: 'max_tokens'"): a limit that is too high has no other name. */
const otherLimit = (options: RequestOptions, objection: string): RequestOptions | undefined =>
  /unsupported|unknown|unrecognized|not supported|not permitted|extra/i.test(objection)
    ? { ...options, limit: options.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' }
    : undefined;
