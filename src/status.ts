import type { Config } from './config.ts';
import type { Source } from './core/answers/source.ts';
import type { Locale } from './core/base/namespace.ts';
import type { LeftOut, PartStatus } from './core/conversation/status.ts';
import type { LanguageModel, ModelHealth, ModelNote } from './core/model/model.ts';
import { checkSql } from './core/sql/check-sql.ts';
import { modelFailureText } from './core/texts/model-failure-texts.ts';
import { statusTextsFor } from './core/texts/status-texts.ts';
import type { VectorState } from './core/vectors/vector-search.ts';

/** A part that takes longer to answer is not well. Milliseconds. */
const patienceMs = 2_000;

type Parts = {
  readonly store: { describe(): string; ping(): Promise<void> };
  readonly sources: readonly Source[];
  readonly leftOut: readonly LeftOut[];
  readonly vectors: { readonly state: VectorState } | undefined;
  readonly model: Pick<LanguageModel, 'check'> | undefined;
};

/** Every part with what is in use, what would change it, and whether it answers now. Never throws, says nothing secret. */
export async function statusOf(
  config: Config,
  { store, sources, leftOut, vectors, model }: Parts,
  locale: Locale,
): Promise<readonly PartStatus[]> {
  const texts = statusTextsFor(locale);
  const isEmbedded = config.store.kind === 'embedded';
  return [
    { part: 'slack', ...slackStatus(config, locale), ok: true },
    {
      part: 'store',
      using: config.store.kind === 'embedded' ? texts.embedded(config.store.folder) : store.describe(),
      change: isEmbedded ? texts.setMongoDb : '',
      ok: await answers(() => store.ping()),
    },
    await modelPart(config, model, locale),
    {
      part: 'embeddings',
      using: texts.embeddings(config.embeddings.model, vectors?.state),
      change: texts.setEmbeddings,
      ok: true,
    },
    ...(await Promise.all(sources.map((source) => sourceStatus(source, locale)))),
    ...leftOut.map(({ name, reason, next }) => ({
      part: 'data' as const,
      using: texts.leftOut(name, reason),
      change: texts.thenRestart(next),
      ok: false,
    })),
    { part: 'alerts', using: `#${config.alertsChannel}`, change: texts.setAlerts, ok: true },
  ];
}

type Use = Pick<PartStatus, 'using' | 'change'>;

function slackStatus({ slack }: Config, locale: Locale): Use {
  const texts = statusTextsFor(locale);
  switch (slack.kind) {
    case 'playground':
      return { using: texts.playground, change: texts.setSlack };
    case 'socket':
    case 'http':
      return { using: texts[slack.kind], change: '' };
  }
}

function modelStatus({ model }: Config, locale: Locale): Use {
  const texts = statusTextsFor(locale);
  switch (model.kind) {
    case 'none':
      return { using: texts.noModel, change: texts.setModel };
    case 'claude':
      return { using: texts.claude(model.model, model.routing), change: texts.setVariable('MEMORI_CLAUDE_MODEL') };
    case 'openai':
      return {
        using: texts.ofServer(model.model, new URL(model.baseUrl).host),
        change: texts.setVariable('MEMORI_OPENAI_MODEL'),
      };
  }
}

/** A tick stands only where the model's server has said that it is there and has the model. */
async function modelPart(config: Config, model: Parts['model'], locale: Locale): Promise<PartStatus> {
  const { using, change } = modelStatus(config, locale);
  const health = await healthOf(model);
  if (health === undefined) return { part: 'model', using, change, ok: true };
  const texts = statusTextsFor(locale);
  const size = health.contextTokens === undefined ? [] : [texts.context(health.contextTokens)];
  const notes = health.notes.map((note) => noteText(note, locale));
  return {
    part: 'model',
    using: [using, ...size].join(locale === 'zh' ? '，' : ', '),
    change: [...notes, change].join('; '),
    ok: health.ok,
  };
}

async function healthOf(model: Parts['model']): Promise<ModelHealth | undefined> {
  return model?.check?.(AbortSignal.timeout(patienceMs));
}

function noteText(note: ModelNote, locale: Locale): string {
  const texts = statusTextsFor(locale);
  switch (note.kind) {
    case 'failed':
      return modelFailureText(locale, { ...note.details, reason: note.reason }) ?? note.reason;
    case 'retires':
      return texts.retires(note.model, note.on, note.successor);
    case 'replaced':
      return texts.replaced(note.model, note.on, note.successor);
    case 'small_context':
      return texts.smallContext(note.tokens);
  }
}

/** Asks the database itself: a catalogue that is kept would hide that it has gone. */
async function sourceStatus(source: Source, locale: Locale): Promise<PartStatus> {
  const texts = statusTextsFor(locale);
  let tables = 0;
  let warnings: readonly string[] = [];
  const ok = await answers(async (signal) => {
    const limits = { maxRows: 1, maxBytes: 1000, maxCellLength: 100, timeoutMs: patienceMs };
    const catalogue = await source.catalogue(signal);
    const { database, policy, syntax } = source;
    const { dialect } = database;
    // Of nobody: who may see which rows does not matter here.
    const sql = await checkSql('SELECT 1', { dialect, catalogue, policy, maxRows: 1, syntax });
    await database.query(sql, limits, signal);
    tables = catalogue.tables.length;
    warnings = (await database.understood?.(signal))?.warnings ?? [];
  });
  return {
    part: 'data',
    using: texts.source(source.name, ok ? tables : undefined, source.description),
    change: ok ? (warnings.length === 0 ? texts.setSources : warnings.join(' ')) : texts.checkSource,
    ok,
  };
}

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
