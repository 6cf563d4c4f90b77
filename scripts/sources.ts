import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeVerifiedFile } from '../src/adapters/sources/merge-verified-file.ts';
import { openSemanticFile, semanticFileText } from '../src/adapters/sources/open-semantic-file.ts';
import { openVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { readCommandLine } from '../src/command-line.ts';
import type { SourceConfig } from '../src/config/source-configs.ts';
import { staleQueries } from '../src/core/answers/stale-queries.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import { draftModel } from '../src/core/measures/model/draft-model.ts';
import { resolveModel } from '../src/core/measures/model/resolve-model.ts';
import type { VerifiedQuery } from '../src/core/verified/verified-query.ts';
import { createLogger, loadConfig } from '../src/process.ts';
import { openDatabase } from '../src/wiring/open-database.ts';
import { openSource } from '../src/wiring/open-source.ts';
import { describe } from './describe-source.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = `Work on the files in sources/.

  npm run sources -- draft NAME      a first semantic model of a connected source, from what the database says of itself
  npm run sources -- check NAME      reads a model and compares it with the database
  npm run sources -- describe URL|FILE|FOLDER|NAME [--json]
                                     what is understood of files or a database: columns, forms, doubts, lines kept aside
  npm run sources -- import NAME FILE [--dry-run]
                                     puts verified queries, such as /memori sources verified export sends, into the file
                                     of the source

  --dry-run         import: say what it would do, change nothing
  --json            describe: one JSON object
  --help            this text`;
const { values: flags, positionals } = readCommandLine(
  usage,
  { 'dry-run': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  3,
);
const [command, name = '', given = ''] = positionals;
const config = loadConfig();
const nameOf = (source: SourceConfig): string => (source.kind === 'demo' ? 'shop' : source.name);

async function catalogueOf(source: SourceConfig): Promise<Catalogue> {
  const database = await openDatabase(source, config, createLogger(config), {});
  try {
    return await database.catalogue(new AbortController().signal);
  } finally {
    await database.close();
  }
}

async function draft(source: SourceConfig): Promise<void> {
  const file = join(resolve(config.sourcesFolder.path), `${name}.semantic.yaml`);
  if (existsSync(file))
    throw new MemoriError('invalid_input', `${file} is there already.`, {
      next: 'Rename it to keep it, then draft again.',
    });
  await mkdir(resolve(config.sourcesFolder.path), { recursive: true });
  await writeFile(file, semanticFileText(draftModel(await catalogueOf(source))));
  console.log(`${file} is written. Correct names, synonyms and metrics; it is read at the next start.`);
}

async function check(source: SourceConfig): Promise<void> {
  const folder = source.kind === 'demo' ? join(root, 'demo') : resolve(config.sourcesFolder.path);
  const [model] = (await openSemanticFile(join(folder, `${name}.semantic.yaml`))).semantic_model;
  if (model === undefined) return;
  const { problems } = resolveModel(model, await catalogueOf(source));
  for (const { path, message } of problems) console.log(`${path.join('.')}: ${message}`);
  console.log(problems.length === 0 ? 'The model fits the database.' : `${problems.length} to correct.`);
  if (problems.length > 0) process.exitCode = 1;
}

const silent = () => {};
const emptyFile = 'queries: []\n';

async function importQueries(source: SourceConfig): Promise<void> {
  if (given === '') throw new MemoriError('invalid_input', 'Name the file with the verified queries.');
  const folder = source.kind === 'demo' ? join(root, 'demo') : resolve(config.sourcesFolder.path);
  const settings = await readSourceFile(join(folder, source.kind === 'demo' ? 'source.yaml' : `${name}.yaml`));
  const file = join(folder, settings.verified ?? `${name}.verified.yaml`);
  const queries = await openVerifiedFile(given);
  const there = existsSync(file) ? await readFile(file, 'utf8') : emptyFile;
  const merged = mergeVerifiedFile(there, queries, file);
  await requireAllowed(source, merged.added);
  if (!flags['dry-run'] && merged.added.length > 0) await writeFile(file, merged.text);
  const added = merged.added.map(({ id, title }) => `\n  ${id}: ${title}`).join('');
  console.log(`${merged.added.length} to add to ${file}, ${merged.known.length} there already.${added}`);
  console.log(flags['dry-run'] ? 'Nothing was written.' : 'They hold from the next start.');
}

/** Errors: `invalid_input` for queries that the guard refuses on the current schema. */
async function requireAllowed(source: SourceConfig, queries: readonly VerifiedQuery[]): Promise<void> {
  const closing: (() => Promise<unknown>)[] = [];
  const metrics = { count: silent, observe: silent, gauge: silent };
  const opened = await openSource(
    source,
    config,
    { logger: { info: silent, warn: console.error, error: console.error }, metrics },
    (part) => {
      closing.push(() => part.close());
      return part;
    },
  );
  try {
    const stale = await staleQueries(queries, opened, new AbortController().signal);
    if (stale.length === 0) return;
    const lines = stale.map(({ query, why }) => `\n  ${query.id}: ${why}`).join('');
    throw new MemoriError('invalid_input', `The database does not allow ${stale.length} of them:${lines}\n`, {
      next: 'Correct or remove them; nothing was written.',
    });
  } finally {
    for (const close of closing) await close();
  }
}

const commands = new Map([
  ['draft', draft],
  ['check', check],
  ['import', importQueries],
]);
const run = commands.get(command ?? '');
const source = config.sources.find((one) => nameOf(one) === name);
if (command === 'describe' && name !== '') {
  await saying(() => describe(name, source, config, flags.json));
} else if (run === undefined || source === undefined) {
  console.error(
    `Usage: npm run sources -- describe URL|FILE|FOLDER|NAME [--json], draft|check NAME, or import NAME FILE [--dry-run], where NAME is one of ${config.sources.map(nameOf).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  await saying(() => run(source));
}

/** Prints what went wrong and what to do, without a stack trace. */
async function saying(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof MemoriError)) throw error;
    console.error([error.message, error.next].filter(Boolean).join(' '));
    process.exitCode = 1;
  }
}
