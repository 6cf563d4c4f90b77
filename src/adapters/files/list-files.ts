import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';

export type FileKind = 'text' | 'json' | 'parquet' | 'workbook';

export type SourceFilePath = {
  readonly path: string;
  /** Below the folder of the source, as options name it. */
  readonly name: string;
  readonly kind: FileKind;
  /** Without folders and endings. */
  readonly stem: string;
  /** `year=2025` among its folders. */
  readonly partition: ReadonlyMap<string, string>;
};

/** Files that are one table, if their columns are the same. */
export type FileGroup = { readonly name: string; readonly files: readonly SourceFilePath[] };

const kinds: readonly (readonly [ending: RegExp, kind: FileKind])[] = [
  [/\.(csv|tsv|txt|tab)(\.gz)?$/i, 'text'],
  [/\.(json|ndjson|jsonl)(\.gz)?$/i, 'json'],
  [/\.parquet$/i, 'parquet'],
  [/\.(xlsx|xlsm|ods)$/i, 'workbook'],
];

export const knownEndings = '.csv, .tsv, .txt, .json, .ndjson (each also .gz), .parquet, .xlsx, .ods';

/** Folders are looked into this deep below the source's own: `sales/year=2025/month=01/part.csv`. */
const deepest = 3;

const entriesOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !/^[.~_]/.test(name))
    .sort();

/** The files of a source, by the table they may be parts of. */
export function groupFiles(root: string): readonly FileGroup[] {
  if (!statSync(root).isDirectory()) {
    const file = sourceFile(root, root);
    return file ? [{ name: file.stem, files: [file] }] : [];
  }
  const groups = new Map<string, SourceFilePath[]>();
  const stems = entriesOf(root).flatMap((name) => sourceFile(join(root, name), root) ?? []);
  for (const file of filesIn(root, root, 0)) {
    const [folder, ...below] = file.name.split('/');
    const name = below.length > 0 ? (folder ?? '') : familyName(file, stems);
    const key = `${name}\n${file.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, files]) => ({ name: key.split('\n')[0] ?? '', files }));
}

/** All files below, those that are no tables too: what has changed is seen by them. */
export function filesIn(folder: string, root: string, depth: number): readonly SourceFilePath[] {
  return entriesOf(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return depth < deepest ? filesIn(path, root, depth + 1) : [];
    return stat ? (sourceFile(path, root) ?? []) : [];
  });
}

/** The name of a file without its ending. */
export const stemOf = (file: string): string =>
  kinds.reduce((name, [ending]) => name.replace(ending, ''), basename(file));

function sourceFile(path: string, root: string): SourceFilePath | undefined {
  const [ending, kind] = kinds.find(([pattern]) => pattern.test(path)) ?? [];
  if (ending === undefined || kind === undefined) return undefined;
  const name = relative(root, path).replaceAll('\\', '/') || basename(path);
  const pairs = name
    .split('/')
    .slice(0, -1)
    .flatMap((part) => /^([^=]+)=(.*)$/.exec(part)?.slice(1, 3) ?? []);
  const partition = new Map<string, string>();
  for (let at = 0; at < pairs.length; at += 2) partition.set(pairs[at] ?? '', decodeURIComponent(pairs[at + 1] ?? ''));
  return { path, name, kind, stem: basename(path).replace(ending, ''), partition };
}

/**
 * Files that differ only in a date or number at the end of their name may be the parts of one table: `sales-2025.csv`
 * and `sales-2026.csv` are the table sales. A file alone keeps its whole name.
 */
function familyName(file: SourceFilePath, among: readonly SourceFilePath[]): string {
  const family = ({ stem }: SourceFilePath) => stem.replace(/[-_. ]?\d[\d\-_.]*$/, '');
  const own = family(file);
  const others = among.filter((other) => family(other) === own && other.kind === file.kind);
  return own !== '' && others.length > 1 ? own : file.stem;
}
