import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { groupFiles } from '../../files/list-files.ts';

/** What the files of a source are at one moment. */
export type Stamp = {
  /** Another text whenever a file is written, added or removed. */
  readonly text: string;
  /** When one was last written, in milliseconds. */
  readonly writtenAt: number;
};

export function stampOf(path: string): Stamp {
  const files = groupFiles(path).flatMap((group) => group.files.map((file) => resolve(file.path)));
  const stats = files.map((file) => [file, statSync(file, { throwIfNoEntry: false })] as const);
  return {
    text: stats.map(([file, stat]) => `${file} ${stat?.mtimeMs} ${stat?.size} ${stat?.ino}`).join('\n'),
    writtenAt: Math.max(0, ...stats.map(([, stat]) => stat?.mtimeMs ?? 0)),
  };
}
