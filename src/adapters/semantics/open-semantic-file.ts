import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import { MemoriError } from '../../core/errors.ts';
import { type OssieDocument, ossieSchema, ossieVersion } from '../../core/measures/ossie.ts';
import { resolveModel } from '../../core/measures/resolve-model.ts';

type Problem = { readonly path: readonly (string | number)[]; readonly message: string };

/** An issue of the schema in words of the file. */
function located(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys')
    return {
      path: [...path, issue.keys[0] ?? ''],
      message: 'is not part of the format; correct the spelling, or put it under custom_extensions',
    };
  if (path[0] === 'version') return { path, message: `write ${ossieVersion}, the version this Memori reads` };
  return { path, message: issue.message.endsWith('received undefined') ? 'is missing; add it' : issue.message };
}

/**
 * Reads a semantic model's text. Errors: `config_invalid` with `details {file, line, problems}`; the message names the
 * line, what is wrong there, and the fix.
 */
export function parseSemanticFile(text: string, file: string): OssieDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw invalid(file, [
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
  const locate = ({ path, message }: Problem) => ({
    line: lineOf(path),
    message: `${path.join('.') || 'the file'}: ${message}`,
  });

  const parsed = ossieSchema.safeParse(document.toJS());
  if (!parsed.success) throw invalid(file, parsed.error.issues.map(located).map(locate));
  const wrong = parsed.data.semantic_model.flatMap((model, i) =>
    resolveModel(model, undefined).problems.map(({ path, message }) => ({
      path: ['semantic_model', i, ...path],
      message,
    })),
  );
  if (wrong.length > 0) throw invalid(file, wrong.map(locate));
  return parsed.data;
}

function invalid(file: string, found: readonly { readonly line: number; readonly message: string }[]): MemoriError {
  const [first] = found;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
  return new MemoriError('config_invalid', `${file}:${first?.line ?? 1}: ${first?.message}${more}`, {
    next: `Correct line ${first?.line ?? 1} of ${file} and start again.`,
    details: { file, line: first?.line ?? 1, problems: found.length },
  });
}

/** Opens a semantic model. Errors: as `parseSemanticFile`; `config_invalid` too when it cannot be read. */
export async function openSemanticFile(path: string): Promise<OssieDocument> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new MemoriError('config_invalid', `The semantic model ${path} cannot be read.`, {
      next: 'Check that the path is right and that this process may read it.',
      details: { file: path },
      cause,
    });
  });
  return parseSemanticFile(text, path);
}

/** A model as a file's text. Readers of YAML 1.1, as Ossie's own tools are, take a bare `no` for false: it is quoted. */
export const semanticFileText = (document: OssieDocument): string =>
  stringify(document, { lineWidth: 120, compat: 'yaml-1.1' });
