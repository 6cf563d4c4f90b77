import { z } from 'zod';
import { MemoriError } from './core/errors.ts';

/** One environment variable: how it is read, its default as a person would write it, and what it does. */
type Variable = {
  readonly group: 'General' | 'Slack' | 'Store' | 'Model' | 'Budget' | 'Data sources' | 'Memory' | 'Limits';
  readonly schema: z.ZodType<unknown>;
  readonly default?: string;
  /** Never printed, not even in part. */
  readonly secret?: true;
  readonly description: string;
};

const text = z.string().min(1);
const count = z.coerce.number().int().positive();
/** Node's timers take no more than 31 bits: a longer one would fire at once. */
const milliseconds = count.max(2 ** 31 - 1);
/** A century: dates end some time after. */
const days = count.max(36_500);
const port = z.coerce.number().int().min(0).max(65535);
const amount = z.coerce.number().nonnegative();
const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const zone = text.refine((name) => isTimeZone(name), 'is not an IANA time zone such as Europe/Berlin');
const webUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });
const logLevels = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Every variable that the product reads. `.env.example` and `docs/configuration.md` are generated from this list, and a
 * test compares them. `MEMORI_*` names and defaults are those of the product's original document.
 */
export const variables = {
  NODE_ENV: {
    group: 'General',
    schema: text,
    default: 'development',
    description:
      '`production` turns every missing secret into an error that names the variable; nothing falls back silently.',
  },
  PORT: {
    group: 'General',
    schema: port,
    default: '3000',
    description:
      'Port of the playground, `/health`, `/metrics` and Slack over HTTP. The playground takes the next free port when 3000 is taken and PORT is not set; 0 takes any.',
  },
  HOST: {
    group: 'General',
    schema: text,
    default: '127.0.0.1',
    description: 'Address to listen on. The playground has no sign-in, so it listens on loopback only.',
  },
  DATA_FOLDER: {
    group: 'General',
    schema: text,
    default: './data',
    description: 'Where the embedded store keeps its files. One process at a time.',
  },
  MEMORI_LOG_LEVEL: {
    group: 'General',
    schema: z.enum(['DEBUG', 'INFO', 'WARNING', 'WARN', 'ERROR']),
    default: 'INFO',
    description: '`DEBUG`, `INFO`, `WARNING` or `ERROR`.',
  },
  TIME_ZONE: {
    group: 'General',
    schema: zone,
    default: 'UTC',
    description: 'IANA zone of the workspace: when a budget day begins.',
  },

  SLACK_BOT_TOKEN: {
    group: 'Slack',
    schema: text,
    secret: true,
    description: 'Bot token (`xoxb-…`) of your Slack app. Without it the playground is the Slack.',
  },
  SLACK_APP_TOKEN: {
    group: 'Slack',
    schema: text,
    secret: true,
    description: 'App-level token (`xapp-…`): Socket Mode, no public URL needed.',
  },
  SLACK_SIGNING_SECRET: {
    group: 'Slack',
    schema: text,
    secret: true,
    description: 'Signing secret: events over HTTP at `/slack/events`. Give this or SLACK_APP_TOKEN.',
  },
  SLACK_API_URL: {
    group: 'Slack',
    schema: webUrl,
    default: 'https://slack.com/api/',
    description: 'Base of the Slack Web API, e.g. GovSlack or a proxy.',
  },
  SLACK_ALERTS_CHANNEL: {
    group: 'Slack',
    schema: text,
    default: 'alerts',
    description: 'Channel (name in the playground, id in Slack) that gets operator alerts. The bot must be a member.',
  },
  MONGODB_URI: {
    group: 'Store',
    schema: text,
    secret: true,
    description:
      'MongoDB connection string; its database is used, `memori` when it names none. Without it an embedded store keeps everything in DATA_FOLDER.',
  },
  ANTHROPIC_API_KEY: {
    group: 'Model',
    schema: text,
    secret: true,
    description: 'Claude key. Without it or OPENAI_API_KEY, questions are answered from verified queries only.',
  },
  MEMORI_ANTHROPIC_API_KEY: {
    group: 'Model',
    schema: text,
    secret: true,
    description: "The same, under the original document's name; it wins when both are set.",
  },
  ANTHROPIC_BASE_URL: {
    group: 'Model',
    schema: webUrl,
    default: 'https://api.anthropic.com',
    description: 'Base URL of the Claude API, e.g. a gateway.',
  },
  MEMORI_CLAUDE_MODEL: {
    group: 'Model',
    schema: text,
    default: 'claude-sonnet-5-5',
    description:
      'Model that writes SQL. Left unset, lookups go to Haiku and what failed twice or joins many tables goes to Opus. A model without a known price needs MEMORI_COST_PER_1K_*.',
  },
  MEMORI_MODEL_ROUTING: {
    group: 'Model',
    schema: flag,
    description:
      '`true`: choose between Haiku, MEMORI_CLAUDE_MODEL and Opus for each question; `false`: never. Unset: only while MEMORI_CLAUDE_MODEL is unset too.',
  },
  OPENAI_API_KEY: {
    group: 'Model',
    schema: text,
    secret: true,
    description: 'Key of OpenAI or of a server that speaks its API, instead of a Claude key.',
  },
  OPENAI_BASE_URL: {
    group: 'Model',
    schema: webUrl,
    description:
      'A server that speaks the OpenAI API: `http://localhost:11434/v1` (Ollama), a vLLM, `https://generativelanguage.googleapis.com/v1beta/openai` (Gemini). Set, it needs no OPENAI_API_KEY. Unset: `https://api.openai.com/v1`.',
  },
  MEMORI_OPENAI_MODEL: {
    group: 'Model',
    schema: text,
    default: 'gpt-6.2-sol',
    description:
      'Model that writes SQL when OpenAI (or OPENAI_BASE_URL) is used. Without a known price it needs MEMORI_COST_PER_1K_*.',
  },
  MEMORI_MODEL_PROVIDER: {
    group: 'Model',
    schema: z.enum(['claude', 'openai']),
    description: '`claude` or `openai`, when both are configured. Unset: Claude wins.',
  },
  MEMORI_CANDIDATES: {
    group: 'Model',
    schema: count.max(9),
    default: '1',
    description:
      'Queries that the model writes for a question, 1 to 9. Above 1 all are run and the result that most agree on is the answer, for as many times the cost.',
  },
  MEMORI_COST_PER_1K_INPUT_TOKENS: {
    group: 'Model',
    schema: amount,
    description:
      'US dollars per 1,000 input tokens, instead of the built-in price table. Set both or none; both 0 for a model of your own that costs nothing.',
  },
  MEMORI_COST_PER_1K_OUTPUT_TOKENS: {
    group: 'Model',
    schema: amount,
    description: 'US dollars per 1,000 output tokens, instead of the built-in price table.',
  },
  MEMORI_ENABLE_CACHING: {
    group: 'Model',
    schema: flag,
    default: 'true',
    description: 'Cache the stable part of the prompt with the vendor, and rows and catalogues here.',
  },

  MEMORI_DAILY_TOKEN_LIMIT: {
    group: 'Budget',
    schema: count,
    default: '5000000',
    description: 'Tokens a day for the whole workspace.',
  },
  MEMORI_DAILY_COST_LIMIT_USD: {
    group: 'Budget',
    schema: amount,
    default: '50',
    description: 'US dollars a day for the whole workspace.',
  },
  MEMORI_USER_DAILY_TOKEN_LIMIT: {
    group: 'Budget',
    schema: count,
    default: '1000000',
    description: 'Tokens a day for one person.',
  },
  MEMORI_CHANNEL_DAILY_TOKEN_LIMIT: {
    group: 'Budget',
    schema: count,
    default: '2500000',
    description: 'Tokens a day for one channel.',
  },
  MEMORI_PER_REQUEST_TOKEN_LIMIT: {
    group: 'Budget',
    schema: count,
    default: '8000',
    description: 'Tokens (input and output) one model call may use at most.',
  },

  DATA_SOURCES: {
    group: 'Data sources',
    schema: text,
    secret: true,
    description:
      'Databases to answer from: `name=postgres://user:password@host:5432/db`, `name=mysql://…`, `name=sqlite:///path/file.db`, `name=duckdb:///path` (a .duckdb, .csv or .parquet file or a folder of them; `%20` for a blank), several separated by spaces or commas; `demo` is the demo shop. Without it: `demo`.',
  },
  SOURCES_FOLDER: {
    group: 'Data sources',
    schema: text,
    default: './sources',
    description:
      'Folder with `<name>.yaml` (description, hidden columns, approved functions) and `<name>.verified.yaml` (verified queries) for each data source.',
  },
  QUERY_TIMEOUT_MS: {
    group: 'Data sources',
    schema: milliseconds,
    default: '15000',
    description: 'A query that runs longer is cancelled in the database.',
  },
  MAX_ROWS: {
    group: 'Data sources',
    schema: count,
    default: '1000',
    description: 'Rows kept of one answer; the CSV has up to EXPORT_MAX_ROWS.',
  },
  EXPORT_MAX_ROWS: { group: 'Data sources', schema: count, default: '100000', description: 'Rows of a CSV at most.' },
  MEMORI_CACHE_TTL_SECONDS: {
    group: 'Data sources',
    schema: count,
    default: '3600',
    description:
      'How long the rows of a query are kept for whoever asked it, and the catalogue of a data source. Run again always reads the database; MEMORI_ENABLE_CACHING=false keeps no rows.',
  },
  MAX_PLAN_COST: {
    group: 'Data sources',
    schema: amount,
    default: '5000000',
    description:
      'Planner cost (in units of one page read) above which a query waits for “Run anyway” from an admin, or from whoever asked in a direct message. 0: no limit.',
  },
  MAX_PLAN_ROWS: {
    group: 'Data sources',
    schema: amount,
    default: '100000000',
    description: 'The same for the rows that the biggest step of the plan is expected to make. 0: no limit.',
  },

  MEMORI_EMBEDDING_MODEL: {
    group: 'Memory',
    schema: text,
    default: 'all-MiniLM-L6-v2',
    description: 'Embedding model: the bundled one, a folder, or a hub id that is then downloaded on first use.',
  },
  MODELS_FOLDER: {
    group: 'Memory',
    schema: text,
    default: './models',
    description: 'Where embedding models are kept.',
  },
  MEMORI_RETENTION_DAYS: {
    group: 'Memory',
    schema: days,
    default: '30',
    description: 'Days after its last use that an unpinned memory is kept.',
  },

  MEMORI_EXTRACT_FACTS: {
    group: 'Memory',
    schema: flag,
    default: 'false',
    description:
      '`true`: when a conversation has been quiet for half an hour, a model reads what people wrote there, in one call within the budget, and notes facts for that conversation alone; only what is quoted to the letter is kept. `false`: no model ever writes memories.',
  },

  MEMORI_MAX_CONCURRENT_REQUESTS: {
    group: 'Limits',
    schema: count,
    default: '20',
    description: 'Questions worked on at once.',
  },
  MEMORI_MAX_REQUESTS_PER_USER: {
    group: 'Limits',
    schema: count,
    default: '5',
    description: 'Of these, for one person.',
  },
} as const satisfies Record<string, Variable>;

type VariableName = keyof typeof variables;

export type SlackConfig =
  | { readonly kind: 'playground' }
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string; readonly apiUrl: string }
  | { readonly kind: 'http'; readonly botToken: string; readonly signingSecret: string; readonly apiUrl: string };

export type StoreConfig =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'mongodb'; readonly uri: string };

export type ModelConfig =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'claude';
      readonly apiKey: string;
      readonly model: string;
      readonly baseUrl: string;
      readonly caching: boolean;
      /** Lookups go to a smaller model, what is hard to a larger one. */
      readonly routing: boolean;
      readonly price: PriceConfig | undefined;
    }
  | {
      readonly kind: 'openai';
      readonly apiKey: string;
      readonly model: string;
      readonly baseUrl: string;
      readonly price: PriceConfig | undefined;
    };

/** US dollars per 1,000 tokens, overriding the price table. */
type PriceConfig = { readonly input: number; readonly output: number };

export type SourceConfig =
  | { readonly kind: 'demo' }
  | { readonly kind: 'postgres' | 'mysql'; readonly name: string; readonly url: string }
  /** Files on this machine. */
  | { readonly kind: 'sqlite' | 'duckdb'; readonly name: string; readonly path: string };

/** The whole configuration: one tagged union for each part. */
export type Config = {
  readonly production: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly timeZone: string;
  readonly http: { readonly host: string; readonly port: number; readonly portIsFixed: boolean };
  readonly slack: SlackConfig;
  readonly alertsChannel: string;
  readonly store: StoreConfig;
  readonly model: ModelConfig;
  /** Queries written for a question, of which the answer is voted. */
  readonly candidates: number;
  readonly embeddings: { readonly model: string; readonly folder: string };
  readonly retentionDays: number;
  /** A model reads conversations that have gone quiet. */
  readonly extractFacts: boolean;
  readonly sources: readonly SourceConfig[];
  readonly sourcesFolder: string;
  readonly catalogueTtlMs: number;
  readonly query: { readonly timeoutMs: number; readonly maxRows: number; readonly exportMaxRows: number };
  /** How long rows are kept, milliseconds; 0: not at all. */
  readonly resultTtlMs: number;
  readonly planCaps: { readonly maxCost: number; readonly maxRows: number };
  readonly budget: {
    readonly dailyTokens: number;
    readonly dailyMicroUsd: number;
    readonly userDailyTokens: number;
    readonly channelDailyTokens: number;
    readonly perRequestTokens: number;
  };
  readonly concurrency: { readonly total: number; readonly perUser: number };
};

/**
 * Reads and checks the whole environment at once, so that all mistakes are named in one go.
 * Errors: `config_invalid`, with one line a mistake; values of secrets are never repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const raw = env[name]?.trim() || variable.default;
    if (raw === undefined) continue;
    const parsed = variable.schema.safeParse(raw);
    if (parsed.success) values.set(name, parsed.data);
    else
      problems.push(
        `${name} ${problemOf(parsed.error)}${variable.secret ? '' : ` (it is ${JSON.stringify(raw)})`}. ${variable.description}`,
      );
  }
  const get = <T>(name: VariableName): T => values.get(name) as T;
  const has = (name: VariableName): boolean => values.has(name);
  const attempt = <T>(read: () => T, fallback: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MemoriError)) throw error;
      problems.push(error.message);
      return fallback;
    }
  };

  const production = get<string>('NODE_ENV') === 'production';
  const config: Config = {
    production,
    logLevel: logLevels[get<keyof typeof logLevels>('MEMORI_LOG_LEVEL') ?? 'INFO'],
    timeZone: get('TIME_ZONE'),
    http: { host: get('HOST'), port: get('PORT'), portIsFixed: Boolean(env.PORT?.trim()) },
    slack: attempt(() => slackConfig(get, has, production), { kind: 'playground' }),
    alertsChannel: get('SLACK_ALERTS_CHANNEL'),
    store: attempt<StoreConfig>(() => storeConfig(get, has, production), { kind: 'embedded', folder: '' }),
    model: attempt<ModelConfig>(() => modelConfig(get, has, Boolean(env.MEMORI_CLAUDE_MODEL?.trim())), {
      kind: 'none',
    }),
    candidates: get('MEMORI_CANDIDATES'),
    embeddings: { model: get('MEMORI_EMBEDDING_MODEL'), folder: get('MODELS_FOLDER') },
    retentionDays: get('MEMORI_RETENTION_DAYS'),
    extractFacts: get('MEMORI_EXTRACT_FACTS'),
    sources: attempt(
      () => sourceConfigs(has('DATA_SOURCES') ? get<string>('DATA_SOURCES') : undefined, production),
      [],
    ),
    sourcesFolder: get('SOURCES_FOLDER'),
    catalogueTtlMs: get<boolean>('MEMORI_ENABLE_CACHING') ? get<number>('MEMORI_CACHE_TTL_SECONDS') * 1000 : 0,
    resultTtlMs: get<boolean>('MEMORI_ENABLE_CACHING') ? get<number>('MEMORI_CACHE_TTL_SECONDS') * 1000 : 0,
    planCaps: { maxCost: get('MAX_PLAN_COST'), maxRows: get('MAX_PLAN_ROWS') },
    query: { timeoutMs: get('QUERY_TIMEOUT_MS'), maxRows: get('MAX_ROWS'), exportMaxRows: get('EXPORT_MAX_ROWS') },
    budget: {
      dailyTokens: get('MEMORI_DAILY_TOKEN_LIMIT'),
      dailyMicroUsd: Math.round(get<number>('MEMORI_DAILY_COST_LIMIT_USD') * 1e6),
      userDailyTokens: get('MEMORI_USER_DAILY_TOKEN_LIMIT'),
      channelDailyTokens: get('MEMORI_CHANNEL_DAILY_TOKEN_LIMIT'),
      perRequestTokens: get('MEMORI_PER_REQUEST_TOKEN_LIMIT'),
    },
    concurrency: { total: get('MEMORI_MAX_CONCURRENT_REQUESTS'), perUser: get('MEMORI_MAX_REQUESTS_PER_USER') },
  };
  if (config.slack.kind === 'playground' && !isLoopback(config.http.host))
    problems.push(
      'HOST must be a loopback address (127.0.0.1, ::1 or localhost) while the playground is the Slack: it has no sign-in. Connect a real Slack to listen elsewhere.',
    );
  if (problems.length > 0)
    throw new MemoriError(
      'config_invalid',
      `The configuration has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      {
        next: 'Mend them in the environment or in .env; .env.example lists every variable.',
      },
    );
  return config;
}

type Get = <T>(name: VariableName) => T;
type Has = (name: VariableName) => boolean;

const missing = (name: VariableName, why: string): MemoriError =>
  new MemoriError('config_invalid', `${name} is missing: ${why} ${variables[name].description}`);

function slackConfig(get: Get, has: Has, production: boolean): SlackConfig {
  if (!has('SLACK_BOT_TOKEN')) {
    const other = (['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const).find(has);
    if (other) throw missing('SLACK_BOT_TOKEN', `${other} is set, so a real Slack is meant.`);
    if (production) throw missing('SLACK_BOT_TOKEN', 'in production there is no playground.');
    return { kind: 'playground' };
  }
  const botToken = get<string>('SLACK_BOT_TOKEN');
  const apiUrl = get<string>('SLACK_API_URL');
  if (has('SLACK_APP_TOKEN')) return { kind: 'socket', botToken, appToken: get('SLACK_APP_TOKEN'), apiUrl };
  if (has('SLACK_SIGNING_SECRET'))
    return { kind: 'http', botToken, signingSecret: get('SLACK_SIGNING_SECRET'), apiUrl };
  throw missing(
    'SLACK_APP_TOKEN',
    'SLACK_BOT_TOKEN alone cannot receive events; set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).',
  );
}

function storeConfig(get: Get, has: Has, production: boolean): StoreConfig {
  if (has('MONGODB_URI')) {
    const uri = get<string>('MONGODB_URI');
    if (!/^mongodb(\+srv)?:\/\//.test(uri))
      throw new MemoriError('config_invalid', 'MONGODB_URI does not begin with mongodb:// or mongodb+srv://.');
    return { kind: 'mongodb', uri };
  }
  if (production) throw missing('MONGODB_URI', 'in production the store must outlive the container.');
  return { kind: 'embedded', folder: get('DATA_FOLDER') };
}

function modelConfig(get: Get, has: Has, claudeIsChosen: boolean): ModelConfig {
  const key = (['MEMORI_ANTHROPIC_API_KEY', 'ANTHROPIC_API_KEY'] as const).find(has);
  const openAi = has('OPENAI_API_KEY') || has('OPENAI_BASE_URL');
  const price = priceConfig(get, has);
  switch (providerOf(get, key !== undefined, openAi)) {
    case 'none':
      return { kind: 'none' };
    case 'claude':
      return {
        kind: 'claude',
        apiKey: get(key ?? 'ANTHROPIC_API_KEY'),
        model: get('MEMORI_CLAUDE_MODEL'),
        baseUrl: get('ANTHROPIC_BASE_URL'),
        caching: get('MEMORI_ENABLE_CACHING'),
        routing: has('MEMORI_MODEL_ROUTING') ? get('MEMORI_MODEL_ROUTING') : !claudeIsChosen,
        price,
      };
    case 'openai':
      return {
        kind: 'openai',
        apiKey: has('OPENAI_API_KEY') ? get('OPENAI_API_KEY') : 'none',
        model: get('MEMORI_OPENAI_MODEL'),
        baseUrl: has('OPENAI_BASE_URL') ? get('OPENAI_BASE_URL') : 'https://api.openai.com/v1',
        price,
      };
  }
}

function providerOf(get: Get, claude: boolean, openAi: boolean): 'none' | 'claude' | 'openai' {
  const wanted = get<'claude' | 'openai' | undefined>('MEMORI_MODEL_PROVIDER');
  if (wanted === 'claude' && !claude) throw missing('ANTHROPIC_API_KEY', 'MEMORI_MODEL_PROVIDER is `claude`.');
  if (wanted === 'openai' && !openAi) throw missing('OPENAI_API_KEY', 'MEMORI_MODEL_PROVIDER is `openai`.');
  return wanted ?? (claude ? 'claude' : openAi ? 'openai' : 'none');
}

function priceConfig(get: Get, has: Has): PriceConfig | undefined {
  const input = has('MEMORI_COST_PER_1K_INPUT_TOKENS');
  if (input !== has('MEMORI_COST_PER_1K_OUTPUT_TOKENS'))
    throw new MemoriError(
      'config_invalid',
      'MEMORI_COST_PER_1K_INPUT_TOKENS and MEMORI_COST_PER_1K_OUTPUT_TOKENS go together: set both or none.',
    );
  return input
    ? { input: get('MEMORI_COST_PER_1K_INPUT_TOKENS'), output: get('MEMORI_COST_PER_1K_OUTPUT_TOKENS') }
    : undefined;
}

function sourceConfigs(list: string | undefined, production: boolean): readonly SourceConfig[] {
  if (list === undefined) {
    if (production) throw missing('DATA_SOURCES', 'in production the demo shop is used only when it is named.');
    return [{ kind: 'demo' }];
  }
  const sources = list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(sourceConfig);
  const names = sources.map((source) => (source.kind === 'demo' ? 'shop' : source.name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice)
    throw new MemoriError(
      'config_invalid',
      `DATA_SOURCES names ${JSON.stringify(twice)} twice: give each source its own name, as in name=postgres://….`,
    );
  return sources;
}

function sourceConfig(entry: string, index: number): SourceConfig {
  if (entry === 'demo') return { kind: 'demo' };
  const [, name, url = ''] = /^(?:([A-Za-z0-9_-]+)=)?(\S+)$/.exec(entry) ?? [];
  const source = servedSource(url, name) ?? fileSource(url, name);
  if (source !== undefined) return source;
  throw new MemoriError(
    'config_invalid',
    `DATA_SOURCES: entry ${index + 1} is none of \`demo\`, \`name=postgres://user:password@host:5432/database\`, ` +
      '`name=mysql://user:password@host:3306/database`, `name=sqlite:///path/file.db` and ' +
      '`name=duckdb:///path` (a .duckdb, .csv, .tsv or .parquet file or a folder of them).',
  );
}

function servedSource(url: string, name: string | undefined): SourceConfig | undefined {
  const [, scheme] = /^(postgres|mysql|mariadb)(?:(?<=postgres)ql)?:\/\/./.exec(url) ?? [];
  if (scheme === undefined || !URL.canParse(url)) return undefined;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  if (scheme === 'postgres') return { kind: scheme, url, name: name ?? (database || scheme) };
  return database === '' ? undefined : { kind: 'mysql', url, name: name ?? database };
}

function fileSource(url: string, name: string | undefined): SourceConfig | undefined {
  const [, kind, written = ''] = /^(sqlite|duckdb):\/\/(.+)$/.exec(url) ?? [];
  if (kind !== 'sqlite' && kind !== 'duckdb') return undefined;
  const path = /%[0-9a-f]{2}/i.test(written) ? decodeURIComponent(written) : written;
  const stem = (path.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return { kind, path, name: name ?? (stem.replace(/[^A-Za-z0-9_-]+/g, '_') || kind) };
}

const problemOf = (error: z.ZodError): string => {
  const message = error.issues[0]?.message ?? 'is invalid';
  return /^(is|must)\b/.test(message) ? message : `is invalid: ${message.replace(/^Invalid input: /, '')}`;
};

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
