import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MemoriError } from '../core/errors.ts';

/** What is wrong with a file's data, and where in the data. */
export type YamlProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** A kind of file that people write. */
export type YamlFormat<T> = {
  /** What messages call it: `semantic model`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Better words for an issue of the schema than the usual ones. */
  readonly explain?: (issue: z.core.$ZodIssue) => string | undefined;
  /** What is wrong beyond the schema. */
  readonly check?: (data: T) => readonly YamlProblem[];
  /** A file that is not there is an empty one. */
  readonly optional?: boolean;
};

/** What a file holds, and where in it. */
export type YamlFile<T> = { readonly data: T; readonly document: Document; readonly lines: LineCounter };

type Mistake = { readonly line: number; readonly message: string };

/** Aliases let entries share their parts; what unfolds beyond this was not written by a person. */
const maxAliasCount = 10_000;

/** Reads a file. Errors: as `parseYaml`; `config_invalid` too when it cannot be read. */
export async function readYaml<T>(path: string, format: YamlFormat<T>): Promise<YamlFile<T>> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (format.optional && cause.code === 'ENOENT') return '';
    throw new MemoriError('config_invalid', `The ${format.name} ${path} cannot be read: ${cause.message}`, {
      next: 'Check that the path is right and that this process may read it.',
      details: { file: path },
      cause,
    });
  });
  return parseYaml(text, path, format);
}

/**
 * Reads a file's text. Errors: `config_invalid` with `details {file, line, problems}`; the message names the line, what
 * is wrong there, and the fix.
 */
export function parseYaml<T>(text: string, file: string, format: YamlFormat<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const locate = ({ path, message }: YamlProblem): Mistake => ({
    line: lineAt(offsetOf(document, path)),
    message: `${path.join('.') || 'the file'}: ${message}`,
  });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw invalid(file, [
      { line: lineAt(broken.pos[0]), message: `this is not YAML: ${broken.message.split('\n')[0]}` },
    ]);
  const unfolded = unfold(document, text);
  if ('offset' in unfolded) throw invalid(file, [{ line: lineAt(unfolded.offset), message: unfolded.message }]);
  const parsed = format.schema.safeParse(unfolded.data);
  if (!parsed.success)
    throw invalid(
      file,
      parsed.error.issues.map((issue) => locate(problemOf(issue, format))),
    );
  const wrong = format.check?.(parsed.data) ?? [];
  if (wrong.length > 0) throw invalid(file, wrong.map(locate));
  return { data: parsed.data, document, lines };
}

/** Where the deepest part of the path that the document has begins. */
function offsetOf(document: Document, path: YamlProblem['path']): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
    const offset = node?.range?.[0];
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** The document as plain data, or why it has none: only then does an alias without its anchor show. */
function unfold(
  document: Document,
  text: string,
): { readonly data: unknown } | { readonly offset: number; readonly message: string } {
  try {
    return { data: document.toJS({ maxAliasCount }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const alias = /alias[^:]*: (\S+)/u.exec(message)?.[1];
    if (alias === undefined) return { offset: 0, message };
    return { offset: Math.max(0, text.indexOf(`*${alias}`)), message: `${message}; define the anchor first` };
  }
}

/** An issue of the schema in words of the file. */
function problemOf<T>(issue: z.core.$ZodIssue, { explain }: YamlFormat<T>): YamlProblem {
  const own = explain?.(issue);
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys')
    return {
      path: [...path, issue.keys[0] ?? ''],
      message: own ?? 'is not known here; correct the spelling or remove it',
    };
  const isMissing = issue.message.endsWith('received undefined');
  return { path, message: own ?? (isMissing ? 'is missing; add it' : issue.message) };
}

function invalid(file: string, mistakes: readonly Mistake[]): MemoriError {
  const { line, message } = mistakes[0] ?? { line: 1, message: 'is not as it should be' };
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  return new MemoriError('config_invalid', `${file}:${line}: ${message}${more}`, {
    next: `Correct line ${line} of ${file} and start again; docs/extending.md shows a complete one.`,
    details: { file, line, problems: mistakes.length },
  });
}
