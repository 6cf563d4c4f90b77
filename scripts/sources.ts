import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeVerifiedFile } from '../src/adapters/sources/merge-verified-file.ts';
import { readModelFile, semanticFileText } from '../src/adapters/sources/open-semantic-file.ts';
import { openVerifiedFile } from '../src/adapters/sources/open-verified-file.ts';
import { readSourceFile } from '../src/adapters/sources/read-source-file.ts';
import { readCommandLine } from '../src/command-line.ts';
import type { SourceConfig } from '../src/config/source-configs.ts';
import { checkSource } from '../src/core/answers/check-source.ts';
import type { Source } from '../src/core/answers/source.ts';
import { staleQueries } from '../src/core/answers/stale-queries.ts';
import { MemoriError } from '../src/core/base/errors.ts';
import type { Catalogue } from '../src/core/data/catalogue.ts';
import { draftModel } from '../src/core/measures/model/draft-model.ts';
import { draftQuestions } from '../src/core/measures/model/draft-questions.ts';
import type { VerifiedQuery } from '../src/core/verified/verified-query.ts';
import { loadConfig } from '../src/process.ts';
import { openSource } from '../src/wiring/open-source.ts';
import { describe } from './describe-source.ts';
import { withCodes } from './read-codes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = `Work on the files in sources/.

  npm run sources -- draft NAME      a first semantic model of a connected source, from what the database says of itself
  npm run sources -- check NAME      compares the files of a source with its database: the model, and each verified query
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

async function draft(source: SourceConfig): Promise<void> {
  const file = join(resolve(config.sourcesFolder.path), `${name}.semantic.yaml`);
  if (existsSync(file))
    throw new MemoriError('invalid_input', `${file} is there already.`, {
      next: 'Rename it to keep it, then draft again.',
    });
  await withSource(source, async (opened) => {
    const catalogue = await withCodes(opened, new AbortController().signal);
    await mkdir(resolve(config.sourcesFolder.path), { recursive: true });
    await writeFile(file, semanticFileText(draftModel(catalogue, opened.database.dialect)));
    console.log(`${file} is written. Correct names, synonyms and metrics; it is read at the next start.`);
    await ask(file, catalogue);
  });
}

/** Prints what the draft could not know, with the line of the file where the answer goes. */
async function ask(file: string, catalogue: Catalogue): Promise<void> {
  const { model, placeOf } = await readModelFile(file);
  const questions = model === undefined ? [] : draftQuestions(model, catalogue);
  if (questions.length > 0) console.log('\nWhat the database does not say:');
  for (const [at, { path, text }] of questions.entries()) console.log(`${at + 1}. ${text}\n   ${placeOf(path)}`);
  console.log(
    `\nUntil somebody confirms the draft, Memori asks before it answers most questions with it. When it is right, remove the line with "draft", or type /memori sources confirm ${name} in Slack.`,
  );
}

async function check(source: SourceConfig): Promise<void> {
  await withSource(source, async (opened) => {
    const problems = await checkSource(opened, new AbortController().signal);
    for (const { at, message } of problems) console.log([at, message].filter(Boolean).join(': '));
    const { length } = opened.queries;
    const what = [opened.semantic && 'The model', length > 0 && `${length} verified queries`].filter(Boolean);
    const fits = what.length === 0 ? `There are no files about ${name}.` : `${what.join(' and ')} fit the database.`;
    console.log(problems.length === 0 ? fits : `${problems.length} to correct.`);
    if (problems.length > 0) process.exitCode = 1;
  });
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
  await withSource(source, async (opened) => {
    const stale = await staleQueries(queries, opened, new AbortController().signal);
    if (stale.length === 0) return;
    const lines = stale.map(({ query, why }) => `\n  ${query.id}: ${why}`).join('');
    throw new MemoriError('invalid_input', `The database does not allow ${stale.length} of them:${lines}\n`, {
      next: 'Correct or remove them; nothing was written.',
    });
  });
}

async function withSource(source: SourceConfig, work: (opened: Source) => Promise<void>): Promise<void> {
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
    await work(opened);
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
