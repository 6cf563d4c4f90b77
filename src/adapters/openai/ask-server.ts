import type { FailureReason } from '../../core/base/failure-reason.ts';
import { ModelFailure, type ModelHealth, type ModelNote } from '../../core/model/model.ts';
import { faultOf } from './openai-failure.ts';

/** What a server reports about itself and the model, before anything is generated. */
export type ServerFacts = {
  readonly health: ModelHealth;
  /** The context size on this server in tokens; undefined when unknown. */
  readonly contextTokens: number | undefined;
  /** Set for Ollama, whose own API accepts a context size and keeps the model loaded. */
  readonly ollama: { readonly contextTokens: number; readonly thinks: boolean } | undefined;
};

/** The server and the model to ask about. */
export type ServerAddress = {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly fetch: typeof fetch;
  /** OpenAI itself only has a list of models to ask for. */
  readonly isOpenAi: boolean;
};

/** The context size to ask Ollama for. More needs memory that may not be available. Tokens. */
const ollamaContext = 8192;
/** Below this, only the small prompt fits and answers are easily truncated. Tokens. */
const smallContext = 4096;

type Json = Readonly<Record<string, unknown>>;

/**
 * Asks the endpoints that servers have: `/v1/models` (all; vLLM with `max_model_len`), `/props` (llama.cpp),
 * `/api/show` and `/api/ps` (Ollama), `/api/v0/models` (LM Studio). Never throws.
 */
export async function askServer(address: ServerAddress, signal: AbortSignal): Promise<ServerFacts> {
  const { baseUrl, model } = address;
  const { origin } = new URL(baseUrl);
  const server = new URL(baseUrl).host;
  const get = (url: string, body?: Json): Promise<Json | undefined> =>
    address.isOpenAi ? Promise.resolve(undefined) : jsonOf(address, url, body, signal);
  const [models, props, shown, running, studio] = await Promise.all([
    modelsOf(address, signal),
    get(`${origin}/props`),
    get(`${origin}/api/show`, { model }),
    get(`${origin}/api/ps`),
    get(`${origin}/api/v0/models`),
  ]);
  if (models instanceof ModelFailure)
    return facts({ kind: 'failed', reason: models.reason ?? 'away', details: { server, model, ...models.details } });
  const listed = models.find(({ id }) => id === model || id === `${model}:latest`);
  const ollama = ollamaOf(shown, running, model);
  if (listed === undefined && ollama === undefined && models.length > 0 && props === undefined)
    return facts({
      kind: 'failed',
      reason: 'no_model',
      details: { server, model, variable: 'MEMORI_OPENAI_MODEL', models: namesOf(models) },
    });
  const contextTokens =
    ollama?.contextTokens ??
    numberIn(props?.default_generation_settings, 'n_ctx') ??
    numberIn(props, 'n_ctx') ??
    numberIn(listed, 'max_model_len') ??
    numberIn(studioModel(studio, model), 'loaded_context_length') ??
    numberIn(studioModel(studio, model), 'max_context_length');
  const isSmall = contextTokens !== undefined && contextTokens <= smallContext;
  return {
    health: { ok: true, notes: isSmall ? [{ kind: 'small_context', tokens: contextTokens }] : [], contextTokens },
    contextTokens,
    ollama,
  };
}

const facts = (note: ModelNote): ServerFacts => ({
  health: { ok: false, notes: [note], contextTokens: undefined },
  contextTokens: undefined,
  ollama: undefined,
});

/** Some of the server's models, for the error message. */
const namesOf = (models: readonly Json[]): string =>
  models
    .slice(0, 5)
    .map(({ id }) => String(id))
    .join(', ');

/** The models that the server lists; empty without a list; the failure when the server cannot be used. */
async function modelsOf(address: ServerAddress, signal: AbortSignal): Promise<readonly Json[] | ModelFailure> {
  try {
    const response = await request(address, `${address.baseUrl.replace(/\/$/, '')}/models`, undefined, signal);
    const text = await response.text();
    const reason = await reasonOf(response, text);
    if (reason !== undefined)
      return new ModelFailure('model_misconfigured', `${response.status}`, 'nothing', {
        reason,
        details: { variable: reason === 'key' ? 'OPENAI_API_KEY' : 'OPENAI_BASE_URL' },
      });
    const body = parsed(text);
    return Array.isArray(body?.data) ? (body.data as Json[]) : [];
  } catch (error) {
    const { reason, message } = faultOf(error);
    return new ModelFailure('model_unavailable', message, 'nothing', {
      reason: signal.aborted ? 'connect' : (reason ?? 'away'),
      details: { variable: 'OPENAI_BASE_URL' },
    });
  }
}

/** Why the list cannot be read. Undefined for servers without one, which may still chat. */
async function reasonOf({ status, headers }: Response, text: string): Promise<FailureReason | undefined> {
  if (status === 401 || status === 403) return 'key';
  if ((headers.get('content-type') ?? '').includes('html')) return 'web_page';
  if (status === 503 && /loading/i.test(text)) return 'loading';
  return status >= 500 ? 'server_error' : undefined;
}

function ollamaOf(shown: Json | undefined, running: Json | undefined, model: string): ServerFacts['ollama'] {
  const info = shown?.model_info;
  if (typeof info !== 'object' || info === null) return undefined;
  const most = Object.entries(info).find(([name]) => name.endsWith('.context_length'))?.[1];
  const set = /^num_ctx\s+(\d+)/m.exec(String(shown?.parameters ?? ''))?.[1];
  const loaded = listIn(running, 'models').find(({ name, model: id }) =>
    [name, id].some((known) => known === model || known === `${model}:latest`),
  );
  const wanted = set === undefined ? Math.max(ollamaContext, numberIn(loaded, 'context_length') ?? 0) : Number(set);
  return {
    contextTokens: typeof most === 'number' ? Math.min(most, wanted) : wanted,
    thinks: Array.isArray(shown?.capabilities) && shown.capabilities.includes('thinking'),
  };
}

const studioModel = (studio: Json | undefined, model: string): Json | undefined =>
  listIn(studio, 'data').find(({ id }) => id === model);

const listIn = (value: Json | undefined, name: string): readonly Json[] =>
  Array.isArray(value?.[name]) ? (value[name] as Json[]) : [];

function numberIn(value: unknown, name: string): number | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
  return typeof found === 'number' && found > 0 ? found : undefined;
}

/** The JSON at an address; undefined when the server does not have it. */
async function jsonOf(
  address: ServerAddress,
  url: string,
  body: Json | undefined,
  signal: AbortSignal,
): Promise<Json | undefined> {
  try {
    const response = await request(address, url, body, signal);
    const text = await response.text();
    return response.ok ? parsed(text) : undefined;
  } catch {
    return undefined;
  }
}

const request = ({ fetch, apiKey }: ServerAddress, url: string, body: Json | undefined, signal: AbortSignal) =>
  fetch(url, {
    headers: { authorization: `Bearer ${apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    signal,
  });

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
