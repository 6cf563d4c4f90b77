import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MemoriError } from '../../core/errors.ts';
import { checkQuery } from '../../core/verified/check-query.ts';
import { type VerifiedQuery, verifiedFileSchema } from '../../core/verified/verified-query.ts';

type Located = { readonly path: readonly (string | number)[]; readonly message: string };

const isMissing = (message: string): boolean => message.endsWith('received undefined');

/** An issue of the schema in words of the file. */
function located(issue: z.core.$ZodIssue): Located {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path: [...path, key], message: 'is not known here; correct the spelling or remove it' };
  }
  return { path, message: isMissing(issue.message) ? 'is missing; add it' : issue.message };
}

/** Aliases let queries share parameters; a file that unfolds beyond this is not one of queries. */
const maxAliasCount = 10_000;

/** The document as plain data, or why it has none: an alias without its anchor. */
function unfold(document: Document): { readonly data: unknown } | { readonly message: string } {
  try {
    return { data: document.toJS({ maxAliasCount }) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

/** Twice the same id, and what a single query shows: placeholders, defaults, choices. */
function problems(queries: readonly VerifiedQuery[]): readonly Located[] {
  const seen = new Set<string>();
  return queries.flatMap((query, i) => {
    const again = seen.has(query.id)
      ? [{ path: ['queries', i, 'id'], message: `the id "${query.id}" is taken; choose another` }]
      : [];
    seen.add(query.id);
    return [...again, ...checkQuery(query).map(({ path, message }) => ({ path: ['queries', i, ...path], message }))];
  });
}

/**
 * Reads a file's text. Errors: `config_invalid` with `details {file, line, problems}`; the message names the line, what
 * is wrong there, and the fix.
 */
export function parseVerifiedFile(text: string, file: string): readonly VerifiedQuery[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fail = (found: readonly { readonly line: number; readonly message: string }[]): never => {
    const [first] = found;
    const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
    throw new MemoriError('config_invalid', `${file}:${first?.line ?? 1}: ${first?.message}${more}`, {
      next: `Correct line ${first?.line ?? 1} of ${file} and start again.`,
      details: { file, line: first?.line ?? 1, problems: found.length },
    });
  };
  const [broken] = document.errors;
  if (broken !== undefined)
    return fail([
      { line: lines.linePos(broken.pos[0]).line, message: `this is not YAML: ${broken.message.split('\n')[0]}` },
    ]);

  /** The line of the deepest part of the path that the file has. */
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
      const offset = node?.range?.[0];
      if (offset !== undefined) return lines.linePos(offset).line;
    }
    return 1;
  };
  const locate = ({ path, message }: Located) => ({
    line: lineOf(path),
    message: `${path.join('.') || 'the file'}: ${message}`,
  });

  const unfolded = unfold(document);
  if ('message' in unfolded) {
    const alias = /alias[^:]*: (\S+)/u.exec(unfolded.message)?.[1];
    const offset = alias === undefined ? 0 : Math.max(0, text.indexOf(`*${alias}`));
    return fail([{ line: lines.linePos(offset).line, message: `${unfolded.message}; define the anchor first` }]);
  }
  const parsed = verifiedFileSchema.safeParse(unfolded.data);
  if (!parsed.success) return fail(parsed.error.issues.map(located).map(locate));
  const wrong = problems(parsed.data.queries);
  return wrong.length > 0 ? fail(wrong.map(locate)) : parsed.data.queries;
}

/** Opens a file of verified queries. Errors: as `parseVerifiedFile`; `config_invalid` too when it cannot be read. */
export async function openVerifiedFile(path: string): Promise<readonly VerifiedQuery[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MemoriError('config_invalid', `The file of verified queries ${path} cannot be read.`, {
      next: 'Check that the path is right and that this process may read it.',
      details: { file: path },
      cause,
    });
  });
  return parseVerifiedFile(text, path);
}
