import { zodResponseFormat } from 'openai/helpers/zod';
import type { ModelRequest } from '../../core/model/model.ts';

const bounds = new Set(['maxLength', 'maxItems', 'minLength', 'minItems']);

/** The plain schema of a reply. The SDK's own parser is not used, because its error would lose the billed usage. */
export function jsonSchemaOf({ schema }: ModelRequest<unknown>, withBounds: boolean): Record<string, unknown> {
  const plain = zodResponseFormat(schema, 'answer').json_schema.schema ?? {};
  return withBounds ? plain : (withoutBounds(plain) as Record<string, unknown>);
}

function withoutBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBounds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (bounds.has(name) ? [] : [[name, withoutBounds(inner)]])),
  );
}
