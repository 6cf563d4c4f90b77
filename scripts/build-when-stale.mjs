// Runs before `npm start`, without tsx, so that it costs a few milliseconds: builds when there is no build, or when
// something that goes into it is newer. A folder counts too: its time changes when a file in it is deleted.
import { execSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts'];
/** Written by the last step of every build. tsc, the first, leaves files alone that come out the same. */
const stamp = 'dist/playground-web/index.html';

/** Milliseconds since 1970; undefined when the file is not there. */
const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

const inside = (path) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(path, { recursive: true }).map((name) => join(path, name))
    : [];

const builtAt = timeOf('dist/main.js') === undefined ? 0 : (timeOf(stamp) ?? 0);
const newestSource = Math.max(...sources.flatMap((path) => [path, ...inside(path)]).map((path) => timeOf(path) ?? 0));

if (newestSource > builtAt) {
  process.stderr.write('Building, which takes some ten seconds and is done once.\n');
  try {
    execSync('npm run --silent build', { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
