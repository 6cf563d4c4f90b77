/**
 * Work on the files in `sources/`.
 *
 *   npm run sources -- draft NAME      a first semantic model of a connected source, from what the database says of itself
 *   npm run sources -- check NAME      reads a model and compares it with the database
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSemanticFile, semanticFileText } from '../src/adapters/semantics/open-semantic-file.ts';
import type { SourceConfig } from '../src/config/source-configs.ts';
import { MemoriError } from '../src/core/errors.ts';
import { draftModel } from '../src/core/measures/draft-model.ts';
import { resolveModel } from '../src/core/measures/resolve-model.ts';
import type { Catalogue } from '../src/core/sql/catalogue.ts';
import { createLogger, loadConfig } from '../src/process.ts';
import { openDatabase } from '../src/wiring/open-database.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command, name = ''] = process.argv.slice(2);
const config = loadConfig();
const nameOf = (source: SourceConfig): string => (source.kind === 'demo' ? 'shop' : source.name);

async function catalogueOf(source: SourceConfig): Promise<Catalogue> {
  const database = await openDatabase(source, config, createLogger(config), undefined);
  try {
    return await database.catalogue(new AbortController().signal);
  } finally {
    await database.close();
  }
}

async function draft(source: SourceConfig): Promise<void> {
  const file = join(resolve(config.sourcesFolder), `${name}.semantic.yaml`);
  if (existsSync(file))
    throw new MemoriError('invalid_input', `${file} is there already.`, {
      next: 'Rename it to keep it, then draft again.',
    });
  await mkdir(resolve(config.sourcesFolder), { recursive: true });
  await writeFile(file, semanticFileText(draftModel(await catalogueOf(source))));
  console.log(`${file} is written. Correct names, synonyms and metrics; it is read at the next start.`);
}

async function check(source: SourceConfig): Promise<void> {
  const folder = source.kind === 'demo' ? join(root, 'demo') : resolve(config.sourcesFolder);
  const [model] = (await openSemanticFile(join(folder, `${name}.semantic.yaml`))).semantic_model;
  if (model === undefined) return;
  const { problems } = resolveModel(model, await catalogueOf(source));
  for (const { path, message } of problems) console.log(`${path.join('.')}: ${message}`);
  console.log(problems.length === 0 ? 'The model fits the database.' : `${problems.length} to correct.`);
  if (problems.length > 0) process.exitCode = 1;
}

const commands = { draft, check };
const run = command === 'draft' || command === 'check' ? commands[command] : undefined;
const source = config.sources.find((one) => nameOf(one) === name);
if (run === undefined || source === undefined) {
  console.error(
    `Usage: npm run sources -- draft|check NAME, where NAME is one of ${config.sources.map(nameOf).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  try {
    await run(source);
  } catch (error) {
    if (!(error instanceof MemoriError)) throw error;
    console.error([error.message, error.next].filter(Boolean).join(' '));
    process.exitCode = 1;
  }
}
