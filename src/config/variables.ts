import { z } from 'zod';

/** One environment variable: how it is read, its default as a person would write it, and what it does. */
export type Variable = {
  readonly group: 'General' | 'Slack' | 'Store' | 'Model' | 'Budget' | 'Data sources' | 'Memory' | 'Limits';
  readonly schema: z.ZodType<unknown>;
  readonly default?: string;
  /** Never printed, not even in part. */
  readonly secret?: true;
  readonly description: string;
};

const text = z.string().min(1);
const count = z.coerce.number().int().positive();
/** Node's timers hold 31 bits; a longer delay would fire at once. */
const milliseconds = count.max(2 ** 31 - 1);
/** At most a century, which every date calculation can represent. */
const days = count.max(36_500);
const port = z.coerce.number().int().min(0).max(65535);
const amount = z.coerce.number().nonnegative();
const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const zone = text.refine((name) => isTimeZone(name), 'is not an IANA time zone such as Europe/Berlin');
const webUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });
/** The level names that the documentation promises, with the ones that we use. */
export const logLevels = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', WARN: 'warn', ERROR: 'error' } as const;

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
    description: '`DEBUG`, `INFO`, `WARNING` or `ERROR`. Unset: `INFO`, on a terminal `WARNING`.',
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
      'Model that writes SQL. If Anthropic has retired it, its successor is used and the start says so. Unset: lookups go to Haiku, and questions that failed twice or join many tables to Opus. A model without a known price needs MEMORI_COST_PER_1K_*.',
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
      'A server that speaks the OpenAI API: `http://localhost:11434/v1` (Ollama), `http://localhost:8080/v1` (llama.cpp), a vLLM, `https://generativelanguage.googleapis.com/v1beta/openai` (Gemini). Set, it needs no OPENAI_API_KEY. Unset: `https://api.openai.com/v1`.',
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
  MEMORI_PROMPT_SIZE: {
    group: 'Model',
    schema: z.enum(['small', 'medium', 'large']),
    description:
      '`small` (up to 1,200 tokens: one to three tables and only the rules that apply), `medium` (3,600) or `large`. Unset: as the context that the server reports allows.',
  },
  MEMORI_MODEL_CONNECT_TIMEOUT_MS: {
    group: 'Model',
    schema: milliseconds,
    default: '10000',
    description: 'How long to wait for a connection to the model.',
  },
  MEMORI_MODEL_FIRST_TOKEN_TIMEOUT_MS: {
    group: 'Model',
    schema: milliseconds,
    default: '90000',
    description:
      'How long to wait for the first word of a model. Without a graphics card a long prompt takes minutes: raise it, or set MEMORI_PROMPT_SIZE to small.',
  },
  MEMORI_MODEL_IDLE_TIMEOUT_MS: {
    group: 'Model',
    schema: milliseconds,
    default: '30000',
    description: 'How long to wait for each further word of a model.',
  },
  MEMORI_MODEL_TOTAL_TIMEOUT_MS: {
    group: 'Model',
    schema: milliseconds,
    default: '240000',
    description: 'How long one call of a model may take in total. Then it is ended, and the person is told.',
  },
  MEMORI_CANDIDATES: {
    group: 'Model',
    schema: count.max(9),
    default: '1',
    description:
      'SQL statements that the model writes for each question, 1 to 9. Above 1 all are run, and the result that most agree on is the answer; the cost grows with the number.',
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
    description:
      'Tokens (input and output, as estimated from what the server reported before) that one model call may use at most. Prompts are cut to fit: the oldest turns and far examples first.',
  },

  DATA_SOURCES: {
    group: 'Data sources',
    schema: text,
    secret: true,
    description:
      'Databases to answer from: `name=postgres://user:password@host:5432/db`, `name=mysql://…`, `name=sqlite:///path/file.db`, `name=duckdb:///path` (a .duckdb, .csv, .xlsx, .json or .parquet file or a folder of files; `%20` for a blank), several separated by spaces or commas; `demo` is the demo shop. Without it: `demo`.',
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
      'How long the rows of a query are kept for the person who asked it, and the catalogue of a data source. Run again always reads the database; MEMORI_ENABLE_CACHING=false keeps no rows.',
  },
  MAX_PLAN_COST: {
    group: 'Data sources',
    schema: amount,
    default: '5000000',
    description:
      'Planner cost (in units of one page read) above which a query waits for “Run anyway” from an admin, or from the person who asked in a direct message. 0: no limit.',
  },
  MAX_PLAN_ROWS: {
    group: 'Data sources',
    schema: amount,
    default: '100000000',
    description: 'The same for the rows that the largest step of the plan is expected to produce. 0: no limit.',
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
    description: 'Days that an unpinned memory is kept after its last use.',
  },

  MEMORI_EXTRACT_FACTS: {
    group: 'Memory',
    schema: flag,
    default: 'false',
    description:
      '`true`: when a conversation has been quiet for half an hour, a model reads what people wrote there, in one call within the budget, and notes facts for that conversation alone; only facts with a literal quote are kept. `false`: no model ever writes memories.',
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

/** The name of a variable that the product reads. */
export type VariableName = keyof typeof variables;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
