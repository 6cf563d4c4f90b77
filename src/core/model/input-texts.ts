import { z } from 'zod';
import type { ModelRequest } from './model.ts';

/** Everything of a request that counts as input: the schema of the reply too, wherever the server puts it. */
export const inputText = ({ system, messages, schema }: ModelRequest<unknown>): string =>
  [...system.map(({ text }) => text), ...messages.map(({ text }) => text), JSON.stringify(z.toJSONSchema(schema))].join(
    '\n',
  );
