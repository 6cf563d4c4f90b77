import { z } from 'zod';
import type { ModelRequest } from './model.ts';

/** Everything of a request that counts as input: the schema of the reply too, wherever the server puts it. */
export const inputText = ({
  system,
  messages,
  schema,
}: Pick<ModelRequest<unknown>, 'system' | 'messages' | 'schema'>): string =>
  [...system.map(({ text }) => text), ...messages.map(({ text }) => text), schemaText(schema)].join('\n');

const texts = new WeakMap<z.ZodType<unknown>, string>();

/** A prompt is measured many times while it is cut, and its schema is one of a few. */
function schemaText(schema: z.ZodType<unknown>): string {
  const known = texts.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(z.toJSONSchema(schema));
  texts.set(schema, text);
  return text;
}
