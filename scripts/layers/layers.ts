/** One folder of `src` and all that its files may import. What is not listed is forbidden. */
export type Layer = {
  /** Below `src`; files of `src` itself are the folder `.`. The longest folder that holds a file has its rule. */
  readonly folder: string;
  /** Folders and files of `src`; a folder is open with all that lies in it, `folder/.` only with the files right in it. */
  readonly imports: readonly string[];
  /** npm packages and Node modules by name; `node:*` is all of Node. */
  readonly packages: readonly string[];
  /** What to do instead of importing something else. */
  readonly instead: string;
};

/**
 * Libraries without I/O, which core may use like the language itself. `stdnum` knows the check digits of national numbers
 * and `libphonenumber-js` the lengths of phone numbers: tables and sums, which a port would only pass on.
 */
const pure = ['zod', 'lru-cache', 'stdnum', 'libphonenumber-js'];

const foundation = ['core/base', 'core/language', 'core/vectors', 'core/data'];
const engines = ['core/sensitive', 'core/sql', 'core/memory', 'core/verified', 'core/measures'];
const belowAnswers = [...foundation, 'core/model', 'core/texts', 'core/charts', ...engines];
const core = [...belowAnswers, 'core/budget', 'core/answers', 'core/answer.ts', 'core/conversation'];

/** A floor of core: it may import what lies below it, and nothing on the same floor. */
const floor = (name: string, imports: readonly string[]): Layer => ({
  folder: `core/${name}`,
  imports,
  packages: pure,
  instead: 'Move what both need to a lower floor, or declare a port here and let src/app.ts hand in the adapter.',
});

/** `shared`: folders of adapters that hold what several of them need. */
const adapter = (name: string, packages: readonly string[], shared: readonly string[] = []): Layer => ({
  folder: `adapters/${name}`,
  imports: [...core, ...shared],
  packages,
  instead:
    'An adapter knows core and its own vendor. What several share has a folder of its own; the rest is a parameter.',
});

const surface = (name: string, packages: readonly string[], imports: readonly string[] = core): Layer => ({
  folder: name,
  imports,
  packages,
  instead:
    'A surface knows core and its own vendor. What it needs from elsewhere is a parameter that src/app.ts hands in.',
});

/** Shared by the guards of all dialects. */
const sharedSql = ['core/sql/.', 'core/sql/tokens', 'core/sql/shield', 'core/sql/session'];

const dialects = ['postgres', 'mysql', 'sqlite', 'duckdb'];

/** The steps of a measured answer: each knows those before it. */
const steps = ['model', 'lexicon', 'reading', 'composing', 'describing'];

/** Every folder of `src`, from the bottom up. `npm run lint` holds them; docs/architecture.md shows them. */
export const layers: readonly Layer[] = [
  floor('base', []),
  floor('language', ['core/base']),
  floor('vectors', ['core/base', 'core/language']),
  floor('data', ['core/base', 'core/language']),
  floor('model', ['core/base', 'core/language']),
  floor('budget', ['core/base', 'core/language', 'core/model']),
  floor('texts', ['core/base']),
  floor('sensitive', ['core/base']),
  floor('charts', ['core/base', 'core/data']),
  floor('sql', [...foundation, ...dialects.map((name) => `core/sql/${name}`)]),
  ...dialects.map((name) => floor(`sql/${name}`, [...foundation, ...sharedSql])),
  floor('memory', ['core/base', 'core/language', 'core/vectors', 'core/texts', 'core/sensitive']),
  floor('verified', foundation),
  floor('measures', [...foundation, ...steps.map((step) => `core/measures/${step}`)]),
  ...steps.map((step, at) =>
    floor(`measures/${step}`, [...foundation, ...steps.slice(0, at).map((earlier) => `core/measures/${earlier}`)]),
  ),
  floor('answers', belowAnswers),
  floor('conversation', [...belowAnswers, 'core/answers', 'core/answer.ts']),
  { ...floor('', [...belowAnswers, 'core/answers']), folder: 'core' },

  adapter('stores', ['mongodb', 'node:*']),
  adapter('mongodb', ['mongodb'], ['adapters/stores']),
  adapter('embedded', ['lmdb', 'mingo', 'mongodb', 'zod', 'node:*'], ['adapters/stores', 'adapters/processes']),
  adapter('models', ['p-retry', 'undici']),
  adapter('anthropic', ['@anthropic-ai/sdk', 'zod', 'node:*'], ['adapters/models']),
  adapter('openai', ['openai', 'zod', 'node:*'], ['adapters/models']),
  adapter('processes', ['node:*']),
  adapter('transformers', ['@xenova/transformers', 'lru-cache', 'node:*'], ['adapters/processes']),
  adapter('sources', ['yaml', 'zod', 'node:*'], ['adapters/files']),
  adapter('databases', ['node:*']),
  adapter('databases/postgres', ['pg', 'libpg-query', 'pgsql-deparser', 'node:*'], ['adapters/databases/.']),
  adapter(
    'databases/pglite',
    ['@electric-sql/pglite', 'node:*'],
    ['adapters/databases/.', 'adapters/databases/postgres', 'adapters/processes'],
  ),
  adapter('databases/mysql', ['mysql2', 'node:*'], ['adapters/databases/.']),
  adapter('databases/sqlite', ['node-sqlite3-wasm', 'node:*'], ['adapters/databases/.', 'adapters/processes']),
  adapter(
    'files',
    ['@duckdb/node-api', '@e965/xlsx', 'chardet', 'csv-parse', 'iconv-lite', 'zod', 'node:*'],
    ['adapters/databases/.'],
  ),
  adapter(
    'databases/duckdb',
    ['@duckdb/node-api', 'node:*'],
    ['adapters/databases/.', 'adapters/files', 'adapters/processes'],
  ),
  adapter('charts', ['echarts', '@resvg/resvg-js']),
  adapter('csv', ['csv-stringify']),
  adapter('dates', ['chrono-node']),
  adapter('logging', ['winston']),
  adapter('metrics', ['prom-client']),

  surface('slack', [
    '@slack/bolt',
    '@slack/types',
    '@slack/web-api',
    'lru-cache',
    'node:crypto',
    'node:timers',
    'node:timers/promises',
  ]),
  surface(
    'playground',
    ['@slack/bolt', '@slack/types', 'express', 'luxon', 'zod', 'node:*'],
    ['core/base', 'core/conversation'],
  ),
  surface(
    'playground/web',
    ['react', 'react-dom', 'slack-blocks-to-jsx', '@slack/types'],
    ['playground/page', 'playground/page-api.ts', 'core/base', 'core/conversation'],
  ),
  surface('http', ['express', 'zod', 'node:*']),
  surface('jobs', ['node-cron']),
  {
    folder: 'config',
    imports: ['core/base'],
    packages: ['zod', 'node:*'],
    instead: 'Configuration is read before any part exists: it knows core/base and zod.',
  },
  {
    folder: 'wiring',
    imports: [...core, 'adapters', 'slack', 'playground', 'http', 'jobs', 'config', 'config.ts', 'repository.ts'],
    packages: ['@slack/bolt', 'node:*'],
    instead: 'wiring opens the parts for src/app.ts. A vendor is reached through its adapter.',
  },
  {
    folder: '.',
    imports: [...core, 'adapters', 'slack', 'playground', 'http', 'jobs', 'config', 'wiring'],
    packages: ['cli-table3', 'node:*'],
    instead: 'The files of src name parts and join them. A vendor is reached through its adapter.',
  },
];
