import type { z } from 'zod';
import { jsonIn } from './json-in.ts';

/** Parses replies that must match a schema exactly. */
export const readBySchema =
  <T>(schema: z.ZodType<T>) =>
  (text: string, cut: boolean): T | undefined =>
    cut ? undefined : schema.safeParse(jsonIn(text)).data;
