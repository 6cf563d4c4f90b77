import type { z } from 'zod';
import { jsonIn } from './json-in.ts';

/** Reads replies that must keep to a schema as it is. */
export const readBySchema =
  <T>(schema: z.ZodType<T>) =>
  (text: string, cut: boolean): T | undefined =>
    cut ? undefined : schema.safeParse(jsonIn(text)).data;
