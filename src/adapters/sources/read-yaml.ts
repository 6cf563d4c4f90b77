import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MemoriError } from '../../core/base/errors.ts';

/** What is wrong with a file's data, and at which path of the data. */
export type YamlProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** A kind of file that people write. */
export type YamlFormat<T> = {
  /** What messages call it, e.g. `semantic model`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** A clearer message for an issue of the schema. */
  readonly explain?: (issue: z.core.$ZodIssue) => string | undefined;
  /** Checks beyond the schema. */
  readonly check?: (data: T) => readonly YamlProblem[];
  /** A missing file counts as an empty one. */
  readonly optional?: boolean;
};

/** A file's data, and where each part of it is written. */
export type YamlFile<T> = { readonly data: T; readonly document: Document; readonly lines: LineCounter };

type Mistake = { readonly offset: number; readonly message: string };
type Read<T> = { readonly data: T } | { readonly mistakes: readonly Mistake[] };

/** Aliases let entries share parts. A file that unfolds to more than this was made to exhaust memory. */
const maxAliasCount = 10_000;

/** Reads a file. Errors: those of `parseYaml`, and `config_invalid` when the file cannot be read. */
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
 * Parses a file's text. Errors: `config_invalid` with details `{file, line, problems}`; the message names the line,
 * what is wrong there, and the fix.
 */
export function parseYaml<T>(text: string, file: string, format: YamlFormat<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const read = dataOf(document, text, format);
  if ('mistakes' in read) throw invalid(file, read.mistakes, lines);
  return { data: read.data, document, lines };
}

function dataOf<T>(document: Document, text: string, format: YamlFormat<T>): Read<T> {
  const [broken] = document.errors;
  if (broken !== undefined)
    return { mistakes: [{ offset: broken.pos[0], message: `this is not YAML: ${broken.message.split('\n')[0]}` }] };
  const unfolded = unfold(document, text);
  if ('mistakes' in unfolded) return unfolded;
  const parsed = format.schema.safeParse(unfolded.data);
  const problems = parsed.success
    ? (format.check?.(parsed.data) ?? [])
    : parsed.error.issues.map((issue) => problemOf(issue, format));
  if (parsed.success && problems.length === 0) return { data: parsed.data };
  return { mistakes: problems.map((problem) => locate(document, problem)) };
}

/** Places a problem at the deepest part of its path that the document has. */
function locate(document: Document, { path, message }: YamlProblem): Mistake {
  const nodes = path.map((_, at) => document.getIn(path.slice(0, at + 1), true) as Partial<Node> | undefined);
  const offset = nodes.findLast((node) => node?.range)?.range?.[0] ?? 0;
  return { offset, message: `${path.join('.') || 'the file'}: ${message}` };
}

/** The document as plain data, or why it has none. An alias without its anchor shows only here. */
function unfold(document: Document, text: string): Read<unknown> {
  try {
    return { data: document.toJS({ maxAliasCount }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const alias = /alias[^:]*: (\S+)/u.exec(message)?.[1];
    if (alias === undefined) return { mistakes: [{ offset: 0, message }] };
    const offset = Math.max(0, text.indexOf(`*${alias}`));
    return { mistakes: [{ offset, message: `${message}; define the anchor first` }] };
  }
}

/** Words an issue of the schema in terms of the file. */
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

function invalid(file: string, mistakes: readonly Mistake[], lines: LineCounter): MemoriError {
  const { offset, message } = mistakes[0] ?? { offset: 0, message: 'is not as it should be' };
  const { line } = lines.linePos(offset);
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  return new MemoriError('config_invalid', `${file}:${line}: ${message}${more}`, {
    next: `Correct line ${line} of ${file} and start again; docs/extending.md shows a complete one.`,
    details: { file, line, problems: mistakes.length },
  });
}
