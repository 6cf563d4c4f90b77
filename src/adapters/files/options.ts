import { z } from 'zod';
import { isEncoding } from './text/encoding.ts';

const kinds = ['number', 'date', 'timestamp', 'time', 'boolean', 'text'] as const;

/** How a file is to be read where what was found out is wrong: an entry of `files` in `sources/<name>.yaml`. */
export const fileOptionsSchema = z.strictObject({
  /** As `iconv` names it: utf-8, utf-16le, windows-1252, gb18030 and so on. */
  encoding: z
    .string()
    .refine(isEncoding, 'no encoding has this name; utf-8, utf-16le, windows-1252 and gb18030 are some')
    .optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.string().length(1).optional(),
  /** Line of the header, counted from 1; `none` where there is none. */
  header: z.union([z.number().int().positive(), z.literal('none')]).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Order of day, month and year where figures leave it open. */
  dates: z.enum(['DMY', 'MDY', 'YMD']).optional(),
  /** Words that stand for no value, beside the usual ones. */
  missing: z.array(z.string().min(1)).default([]),
  /** Column → what it is. Values that are not are refused with their lines. */
  types: z.record(z.string(), z.enum(kinds)).default({}),
});

export type FileOptions = z.infer<typeof fileOptionsSchema>;
export const noOptions: FileOptions = { missing: [], types: {} };
