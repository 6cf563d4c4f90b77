import OpenAI from 'openai';

/**
 * How a server wants to be asked. Servers that call themselves OpenAI-compatible differ in these; each begins with the
 * best and steps down when the server says, before it bills, that it does not know something.
 */
export type Manner = {
  /** `json_schema`: the server keeps the model to the schema. `json_object`, `words`: the schema is in the prompt. */
  readonly format: 'json_schema' | 'json_object' | 'words';
  /** OpenAI's reasoning models refuse the older name; older servers know no other. */
  readonly limit: 'max_completion_tokens' | 'max_tokens';
  /** Ask for usage at the end of the stream. */
  readonly usage: boolean;
  /** Ask reasoning models to think little: SQL gains nothing from more, and thoughts are billed. */
  readonly effort: boolean;
};

/** Elsewhere than at OpenAI only the older name of the limit is sure to be understood, and a limit must hold. */
export const firstManner = (isOpenAi: boolean): Manner => ({
  format: 'json_schema',
  limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
  usage: true,
  effort: true,
});

/** A way to ask that avoids what the server objected to; undefined when its objection is about something else. */
export function otherManner(manner: Manner, error: unknown): Manner | undefined {
  if (!(error instanceof OpenAI.APIError) || ![400, 404, 415, 422, 501].includes(error.status ?? 0)) return undefined;
  const objection = `${error.param ?? ''} ${error.message}`;
  if (/response_format|json_schema|json_object|structured output|guided/i.test(objection)) return nextFormat(manner);
  if (/reasoning|thinking/i.test(objection)) return manner.effort ? { ...manner, effort: false } : undefined;
  if (/stream_options|include_usage/i.test(objection)) return manner.usage ? { ...manner, usage: false } : undefined;
  if (/max_(completion_)?tokens/i.test(objection)) return otherLimit(manner, objection);
  return undefined;
}

/** For a server that took the schema and did not keep to it. */
export const nextFormat = (manner: Manner): Manner | undefined =>
  manner.format === 'words'
    ? undefined
    : { ...manner, format: manner.format === 'json_schema' ? 'json_object' : 'words' };

/** Only when the name is the trouble ("Unsupported parameter: 'max_tokens'"): a limit that is too high has no other name. */
const otherLimit = (manner: Manner, objection: string): Manner | undefined =>
  /unsupported|unknown|unrecognized|not supported|not permitted|extra/i.test(objection)
    ? { ...manner, limit: manner.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' }
    : undefined;
