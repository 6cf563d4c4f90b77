import { z } from 'zod';
import type { ModelRequest } from './model.ts';

/** All text of a request that is billed as input, including the schema of the reply. */
export const inputText = ({
  system,
  messages,
  schema,
}: Pick<ModelRequest<unknown>, 'system' | 'messages' | 'schema'>): string =>
  [...system.map(({ text }) => text), ...messages.map(({ text }) => text), schemaText(schema)].join('\n');

const texts = new WeakMap<z.ZodType<unknown>, string>();

/** Caches the schema's text: a prompt is measured many times while it is cut, and there are only a few schemas. */
function schemaText(schema: z.ZodType<unknown>): string {
  const known = texts.get(schema);
  if (known !== undefined) return known;
  const text = JSON.stringify(z.toJSONSchema(schema));
  texts.set(schema, text);
  return text;
}
