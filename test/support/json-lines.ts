import { readFileSync } from 'node:fs';

/** What a file of JSON lines holds. */
export const readJsonLines = <T = unknown>(file: string | URL): readonly T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
