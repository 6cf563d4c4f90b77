import type { Config } from './config.ts';
import { check } from './core/answers/read.ts';
import type { Source } from './core/source.ts';
import type { PartStatus } from './core/status.ts';

/** A part that takes longer to answer is not well. Milliseconds. */
const patienceMs = 2_000;

/** Every part with what is in use, what would change it, and whether it answers now. Never throws, says nothing secret. */
export async function statusOf(
  config: Config,
  store: { describe(): string; ping(): Promise<void> },
  sources: readonly Source[],
): Promise<readonly PartStatus[]> {
  return [
    { part: 'slack', ...slackStatus(config), ok: true },
    {
      part: 'store',
      using: store.describe(),
      change: change(config.store.kind === 'embedded', 'set MONGODB_URI to use MongoDB'),
      ok: await answers(() => store.ping()),
    },
    { part: 'model', ...modelStatus(config), ok: true },
    {
      part: 'embeddings',
      using: `${config.embeddings.model}, on this machine`,
      change: 'set MEMORI_EMBEDDING_MODEL to use another model',
      ok: true,
    },
    ...(await Promise.all(sources.map(sourceStatus))),
    {
      part: 'alerts',
      using: `#${config.alertsChannel}`,
      change: 'set SLACK_ALERTS_CHANNEL to use another channel',
      ok: true,
    },
  ];
}

function slackStatus({ slack }: Config): { readonly using: string; readonly change: string } {
  switch (slack.kind) {
    case 'playground':
      return {
        using: 'playground in the browser',
        change: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to connect a workspace',
      };
    case 'socket':
      return { using: 'Slack, Socket Mode', change: '' };
    case 'http':
      return { using: 'Slack, events over HTTP at /slack/events', change: '' };
  }
}

function modelStatus({ model }: Config): { readonly using: string; readonly change: string } {
  switch (model.kind) {
    case 'none':
      return {
        using: 'none: verified queries and your definitions only',
        change: 'set ANTHROPIC_API_KEY to let Claude write SQL, or OPENAI_API_KEY or OPENAI_BASE_URL for another model',
      };
    case 'claude':
      return {
        using: `${model.model}, Anthropic${model.routing ? ', smaller and larger ones where they fit' : ''}`,
        change: 'set MEMORI_CLAUDE_MODEL to use another model',
      };
    case 'openai':
      return {
        using: `${model.model}, ${new URL(model.baseUrl).host}`,
        change: 'set MEMORI_OPENAI_MODEL to use another model',
      };
  }
}

/** Asks the database itself: a catalogue that is kept would hide that it has gone. */
async function sourceStatus(source: Source): Promise<PartStatus> {
  let tables = 0;
  const ok = await answers(async (signal) => {
    const limits = { maxRows: 1, maxBytes: 1000, maxCellLength: 100, timeoutMs: patienceMs };
    await source.database.query(await check('SELECT 1', source, limits, { signal }), limits, signal);
    tables = (await source.catalogue(signal)).tables.length;
  });
  return {
    part: 'data',
    using: `${source.name}${ok ? `, ${tables} tables` : ', no answer'}: ${source.description}`,
    change: ok
      ? 'set DATA_SOURCES to use your own database'
      : 'check the address in DATA_SOURCES and that the server runs',
    ok,
  };
}

const change = (applies: boolean, text: string): string => (applies ? text : '');

async function answers(ask: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs);
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  try {
    await Promise.race([ask(signal), late]);
    return true;
  } catch {
    return false;
  }
}
