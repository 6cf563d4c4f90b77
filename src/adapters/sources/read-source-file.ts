import { readFile } from 'node:fs/promises';
import { type Document, parseDocument } from 'yaml';
import { z } from 'zod';
import { MemoriError } from '../../core/errors.ts';

const sourceFileSchema = z.strictObject({
  name: z.string().optional(),
  /** One line for people: what is in it. */
  description: z.string().default(''),
  /** `YYYY-MM-DD`: what "today" means for data that ends in the past. Without it, the real day. */
  today: z.iso.date().optional(),
  /** `schema.table.column`: never read. */
  hidden_columns: z.array(z.string()).default([]),
  /** Functions that may be called beside the built-in allow-list. */
  approved_functions: z.array(z.string()).default([]),
  /** Schemas that may be read; all but the system's by default. */
  schemas: z.array(z.string()).optional(),
  /** Questions to offer on the first screen, best first; verified queries are offered when there are none. */
  examples: z
    .strictObject({ en: z.array(z.string()).default([]), zh: z.array(z.string()).default([]) })
    .default({ en: [], zh: [] }),
  /** File with the verified queries, beside this one. */
  verified: z.string().optional(),
  /** File with the semantic model, beside this one. */
  semantic: z.string().optional(),
});

/** What a person wrote about a data source: `sources/<name>.yaml`. */
export type SourceFile = z.infer<typeof sourceFileSchema>;

/**
 * Reads it; a missing file is an empty one. Errors: `config_invalid` with the line and what is wrong there.
 */
export async function readSourceFile(path: string): Promise<SourceFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return sourceFileSchema.parse({});
    throw new MemoriError('config_invalid', `${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const document = parseDocument(text);
  const [syntax] = document.errors;
  if (syntax) throw invalid(path, `line ${syntax.linePos?.[0].line ?? 1}: ${syntax.message.split('\n')[0]}`);
  const parsed = sourceFileSchema.safeParse(dataOf(document, path) ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(path, `${issue?.path.join('.') || 'top level'}: ${issue?.message}`);
}

/** An alias without its anchor, or too many of them, shows only when the document is unfolded. */
function dataOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error));
  }
}

const invalid = (path: string, why: string): MemoriError =>
  new MemoriError('config_invalid', `${path}, ${why}`, { next: 'docs/extending.md shows a complete source file.' });
