import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../src/command-line.ts';
import { drawLayers } from './layers/draw-layers.ts';
import { describeForbidden, findForbiddenImports } from './layers/find-forbidden-imports.ts';
import { layers } from './layers/layers.ts';

const usage = `Names every import that scripts/layers/layers.ts does not allow. Part of npm run lint.

  npm run lint:layers                  check src
  npm run lint:layers -- --draw        print the floors of core as a Mermaid flowchart, for docs/architecture.md
  npm run lint:layers -- --src FOLDER  check another copy of src`;

const { values } = readCommandLine(usage, { draw: { type: 'boolean' }, src: { type: 'string' } });

function check(src: string): void {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const found = findForbiddenImports(src, files, layers);
  for (const one of found) console.error(describeForbidden(one, src));
  if (found.length === 0) return;
  console.error(`\n${found.length} forbidden ${found.length === 1 ? 'import' : 'imports'}.`);
  process.exitCode = 1;
}

if (values.draw) console.log(drawLayers(layers));
else check(values.src ?? fileURLToPath(new URL('../src', import.meta.url)));
