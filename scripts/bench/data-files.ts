import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What `--data` names: the file itself, or the files of a folder that end so, by name. Errors: those of the file system. */
export const dataFiles = (path: string, ending: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => join(path, name))
    : [path];
