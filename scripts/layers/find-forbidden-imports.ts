import { readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import type { Layer } from './layers.ts';

/** One import that no rule allows. `file` is below `src`, as is `target` unless it is a package. */
export type ForbiddenImport = {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  readonly message: string;
};

/** Static, dynamic and re-exporting imports, as Biome formats them. */
const importPattern = /^(?:import\b[^'\n]*|export\b[^'\n]*\bfrom |\} from )'([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm;

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** `mingo/query` → `mingo`, `@slack/bolt/x` → `@slack/bolt`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const length = ({ folder }: Layer): number => (folder === '.' ? 0 : folder.length);

/** The rule of a file of `src`: the longest folder that holds it. */
function ruleOf(file: string, layers: readonly Layer[]): Layer | undefined {
  const isRoot = !file.includes('/');
  return layers
    .filter(({ folder }) => (folder === '.' ? isRoot : isWithin(file, folder)))
    .sort((a, b) => length(b) - length(a))[0];
}

/** `core/sql` opens all that lies in the folder, `core/sql/.` only the files right in it. */
const opens = (path: string, target: string): boolean =>
  path.endsWith('/.') ? posix.dirname(target) === path.slice(0, -2) : isWithin(target, path);

/** `src`: the folder; `files`: paths below it. */
export function findForbiddenImports(
  src: string,
  files: readonly string[],
  layers: readonly Layer[],
): readonly ForbiddenImport[] {
  return files.flatMap((file) => {
    const rule = ruleOf(file, layers);
    const text = readFileSync(join(src, file), 'utf8');
    return [...text.matchAll(importPattern)].flatMap(({ 1: fixed, 2: dynamic, index }) => {
      const specifier = fixed ?? dynamic ?? '';
      const line = text.slice(0, index).split('\n').length;
      if (rule === undefined)
        return [{ file, line, target: specifier, message: 'No rule: add the folder to scripts/layers/layers.ts.' }];
      const isOwn = specifier.startsWith('.');
      const target = isOwn ? posix.join(dirname(file), specifier) : packageOf(specifier);
      const isFine = isOwn
        ? ruleOf(target, layers) === rule || rule.imports.some((path) => opens(path, target))
        : rule.packages.includes(target) || (target.startsWith('node:') && rule.packages.includes('node:*'));
      return isFine ? [] : [{ file, line, target, message: rule.instead }];
    });
  });
}

/** As lint prints it. */
export const describeForbidden = ({ file, line, target, message }: ForbiddenImport, src: string): string =>
  `${relative(process.cwd(), join(src, file))}:${line} must not import ${target}.\n  ${message}`;
