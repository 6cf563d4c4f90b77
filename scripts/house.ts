import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';
import { readCommandLine } from '../src/command-line.ts';
import { findForbiddenImports } from './layers/find-forbidden-imports.ts';
import { layers } from './layers/layers.ts';

const usage = `Measures the source tree: files, lines, longest functions, arrows that run up, documented exports.

  npm run house                 print the figures
  npm run house -- --json       the same as one JSON object
  npm run house -- --src DIR    measure another copy of src`;

type Measured = { readonly name: string; readonly lines: number };

const isFunction = (type: unknown): boolean =>
  typeof type === 'string' &&
  /^(Function(Declaration|Expression)|ArrowFunctionExpression|ClassMethod|MethodProperty)$/.test(type);

/** Every function of a module with its length in lines, named by where it starts. */
function functionsIn(file: string, text: string): readonly Measured[] {
  const bytes = Buffer.from(text);
  const module = parseSync(text, { syntax: 'typescript', tsx: file.endsWith('.tsx') });
  const base = module.span.start - leadingBytes(text);
  const lineAt = (offset: number): number =>
    bytes
      .subarray(0, Math.max(0, offset - base))
      .toString()
      .split('\n').length;
  const found: Measured[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) visit(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, span } = node as {
        readonly type?: unknown;
        readonly span?: { readonly start: number; readonly end: number };
      };
      if (isFunction(type) && span) {
        const [first, last] = [lineAt(span.start), lineAt(span.end)];
        found.push({ name: `${file}:${first}`, lines: last - first + 1 });
      }
      for (const child of Object.values(node)) visit(child);
    }
  };
  visit(module.body);
  return found;
}

/** A module's span begins at its first statement: what comes before are comments and blanks. */
const leadingBytes = (text: string): number =>
  Buffer.byteLength(/^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? '');

const exportPattern =
  /(?:(\*\/)\n)?^export (?:declare )?(?:async )?(?:function|const|class|interface|type|abstract class)\b/gm;

function measure(src: string) {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const texts = files.map((file) => [file, readFileSync(join(src, file), 'utf8')] as const);
  const lines = texts.map(([, text]) => text.split('\n').length - 1);
  const exported = texts.flatMap(([, text]) =>
    [...text.matchAll(exportPattern)].map(([, comment]) => comment !== undefined),
  );
  const longest = texts.flatMap(([file, text]) => functionsIn(file, text)).sort((a, b) => b.lines - a.lines);
  return {
    files: files.length,
    lines: lines.reduce((sum, count) => sum + count, 0),
    median_lines_of_a_file: [...lines].sort((a, b) => a - b)[Math.floor(lines.length / 2)],
    longest_files: texts
      .map(([file], at) => ({ name: file, lines: lines[at] ?? 0 }))
      .sort((a, b) => b.lines - a.lines)
      .slice(0, 5),
    longest_functions: longest.slice(0, 5),
    folders_with_a_rule: layers.length,
    forbidden_imports: findForbiddenImports(src, files, layers).length,
    exports: exported.length,
    documented_percent: Math.round((1000 * exported.filter(Boolean).length) / exported.length) / 10,
  };
}

const { values } = readCommandLine(usage, { json: { type: 'boolean' }, src: { type: 'string' } });

{
  const figures = measure(values.src ?? fileURLToPath(new URL('../src', import.meta.url)));
  if (values.json) console.log(JSON.stringify(figures));
  else
    for (const [name, value] of Object.entries(figures))
      console.log(
        `${name.replaceAll('_', ' ').padEnd(24)} ${Array.isArray(value) ? value.map(({ name: where, lines }) => `${lines} ${where}`).join('\n'.padEnd(26)) : value}`,
      );
}
