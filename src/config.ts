import { type Environment, type Get, type Has, missing, readVariables } from './config/read-variables.ts';
import { type SourceConfig, sourceConfigs } from './config/source-configs.ts';
import { logLevels } from './config/variables.ts';
import { MemoriError } from './core/base/errors.ts';

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
  /** `isChosen`: somebody said where it is, so it has to be there. */
  readonly sourcesFolder: { readonly path: string; readonly isChosen: boolean };
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
export function readConfig(env: Environment): Config {
  const { get, has, problems } = readVariables(env);
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
    sourcesFolder: { path: get('SOURCES_FOLDER'), isChosen: Boolean(env.SOURCES_FOLDER?.trim()) },
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
        next: 'Repair them in the environment or in .env; .env.example lists every variable.',
      },
    );
  return config;
}

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

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host);
