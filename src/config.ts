import { type Environment, type Get, missingVariable, readVariables } from './config/read-variables.ts';
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
  /** Undefined: nobody chose one, and where the log goes decides. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | undefined;
  readonly timeZone: string;
  readonly http: { readonly host: string; readonly port: number; readonly portIsFixed: boolean };
  readonly slack: SlackConfig;
  readonly alertsChannel: string;
  readonly store: StoreConfig;
  readonly model: ModelConfig;
  /** How long a model is waited for, milliseconds. */
  readonly modelLimits: {
    readonly connectMs: number;
    readonly firstTokenMs: number;
    readonly idleMs: number;
    readonly totalMs: number;
  };
  /** How much a prompt says; undefined: as the model's context allows. */
  readonly promptSize: 'small' | 'medium' | 'large' | undefined;
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
  const { get, problems } = readVariables(env);
  const attempt = <T>(read: () => T, fallback: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof MemoriError)) throw error;
      problems.push(error.message);
      return fallback;
    }
  };

  const level = get('MEMORI_LOG_LEVEL');
  const production = get('NODE_ENV') === 'production';
  const config: Config = {
    production,
    logLevel: level && logLevels[level],
    timeZone: get('TIME_ZONE'),
    http: { host: get('HOST'), port: get('PORT'), portIsFixed: Boolean(env.PORT?.trim()) },
    slack: attempt(() => slackConfig(get, production), { kind: 'playground' }),
    alertsChannel: get('SLACK_ALERTS_CHANNEL'),
    store: attempt<StoreConfig>(() => storeConfig(get, production), { kind: 'embedded', folder: '' }),
    model: attempt<ModelConfig>(() => modelConfig(get, Boolean(env.MEMORI_CLAUDE_MODEL?.trim())), {
      kind: 'none',
    }),
    modelLimits: {
      connectMs: get('MEMORI_MODEL_CONNECT_TIMEOUT_MS'),
      firstTokenMs: get('MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS'),
      idleMs: get('MEMORI_MODEL_IDLE_TIMEOUT_MS'),
      totalMs: get('MEMORI_MODEL_TOTAL_TIMEOUT_MS'),
    },
    promptSize: get('MEMORI_PROMPT_SIZE'),
    candidates: get('MEMORI_CANDIDATES'),
    embeddings: { model: get('MEMORI_EMBEDDING_MODEL'), folder: get('MODELS_FOLDER') },
    retentionDays: get('MEMORI_RETENTION_DAYS'),
    extractFacts: get('MEMORI_EXTRACT_FACTS'),
    sources: attempt(() => sourceConfigs(get('DATA_SOURCES'), production), []),
    sourcesFolder: { path: get('SOURCES_FOLDER'), isChosen: Boolean(env.SOURCES_FOLDER?.trim()) },
    catalogueTtlMs: get('MEMORI_ENABLE_CACHING') ? get('MEMORI_CACHE_TTL_SECONDS') * 1000 : 0,
    resultTtlMs: get('MEMORI_ENABLE_CACHING') ? get('MEMORI_CACHE_TTL_SECONDS') * 1000 : 0,
    planCaps: { maxCost: get('MAX_PLAN_COST'), maxRows: get('MAX_PLAN_ROWS') },
    query: { timeoutMs: get('QUERY_TIMEOUT_MS'), maxRows: get('MAX_ROWS'), exportMaxRows: get('EXPORT_MAX_ROWS') },
    budget: {
      dailyTokens: get('MEMORI_DAILY_TOKEN_LIMIT'),
      dailyMicroUsd: Math.round(get('MEMORI_DAILY_COST_LIMIT_USD') * 1e6),
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

function slackConfig(get: Get, production: boolean): SlackConfig {
  const botToken = get('SLACK_BOT_TOKEN');
  const appToken = get('SLACK_APP_TOKEN');
  const signingSecret = get('SLACK_SIGNING_SECRET');
  if (botToken === undefined) {
    const other = appToken ? 'SLACK_APP_TOKEN' : signingSecret ? 'SLACK_SIGNING_SECRET' : undefined;
    if (other) throw missingVariable('SLACK_BOT_TOKEN', `${other} is set, so a real Slack is meant.`);
    if (production) throw missingVariable('SLACK_BOT_TOKEN', 'in production there is no playground.');
    return { kind: 'playground' };
  }
  const apiUrl = get('SLACK_API_URL');
  if (appToken) return { kind: 'socket', botToken, appToken, apiUrl };
  if (signingSecret) return { kind: 'http', botToken, signingSecret, apiUrl };
  throw missingVariable(
    'SLACK_APP_TOKEN',
    'SLACK_BOT_TOKEN alone cannot receive events; set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).',
  );
}

function storeConfig(get: Get, production: boolean): StoreConfig {
  const uri = get('MONGODB_URI');
  if (uri !== undefined) {
    if (!/^mongodb(\+srv)?:\/\//.test(uri))
      throw new MemoriError('config_invalid', 'MONGODB_URI does not begin with mongodb:// or mongodb+srv://.');
    return { kind: 'mongodb', uri };
  }
  if (production) throw missingVariable('MONGODB_URI', 'in production the store must outlive the container.');
  return { kind: 'embedded', folder: get('DATA_FOLDER') };
}

function modelConfig(get: Get, claudeIsChosen: boolean): ModelConfig {
  const claudeKey = get('MEMORI_ANTHROPIC_API_KEY') ?? get('ANTHROPIC_API_KEY');
  const openAiKey = get('OPENAI_API_KEY');
  const openAiUrl = get('OPENAI_BASE_URL');
  const price = priceConfig(get);
  const provider = get('MEMORI_MODEL_PROVIDER');
  const hasOpenAi = openAiKey !== undefined || openAiUrl !== undefined;
  if (provider === 'claude' && claudeKey === undefined)
    throw missingVariable('ANTHROPIC_API_KEY', 'MEMORI_MODEL_PROVIDER is `claude`.');
  if (provider === 'openai' && !hasOpenAi)
    throw missingVariable('OPENAI_API_KEY', 'MEMORI_MODEL_PROVIDER is `openai`.');
  if (claudeKey !== undefined && provider !== 'openai')
    return {
      kind: 'claude',
      apiKey: claudeKey,
      model: get('MEMORI_CLAUDE_MODEL'),
      baseUrl: get('ANTHROPIC_BASE_URL'),
      caching: get('MEMORI_ENABLE_CACHING'),
      routing: get('MEMORI_MODEL_ROUTING') ?? !claudeIsChosen,
      price,
    };
  if (!hasOpenAi) return { kind: 'none' };
  return {
    kind: 'openai',
    apiKey: openAiKey ?? 'none',
    model: get('MEMORI_OPENAI_MODEL'),
    baseUrl: openAiUrl ?? 'https://api.openai.com/v1',
    price,
  };
}

function priceConfig(get: Get): PriceConfig | undefined {
  const input = get('MEMORI_COST_PER_1K_INPUT_TOKENS');
  const output = get('MEMORI_COST_PER_1K_OUTPUT_TOKENS');
  if ((input === undefined) !== (output === undefined))
    throw new MemoriError(
      'config_invalid',
      'MEMORI_COST_PER_1K_INPUT_TOKENS and MEMORI_COST_PER_1K_OUTPUT_TOKENS go together: set both or none.',
    );
  return input === undefined || output === undefined ? undefined : { input, output };
}

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host);
