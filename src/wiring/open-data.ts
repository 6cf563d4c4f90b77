import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openTransformersEmbedder } from '../adapters/transformers/embedder.ts';
import type { SourceConfig } from '../config/source-configs.ts';
import type { Config } from '../config.ts';
import type { Source } from '../core/answers/source.ts';
import { isMemoriError, MemoriError } from '../core/base/errors.ts';
import type { LeftOut } from '../core/conversation/status.ts';
import type { Embedder } from '../core/vectors/embedder.ts';
import { createMeanings } from '../core/vectors/meanings.ts';
import { repository } from '../repository.ts';
import type { Opened } from './closing.ts';
import { openSource, type SourceParts } from './open-source.ts';

/** What is hidden and who may see what stands in its files: a mistyped folder must not open everything. */
function requireSourcesFolder({ sourcesFolder: { path, isChosen } }: Config): void {
  if (!isChosen || existsSync(resolve(path))) return;
  throw new MemoriError('config_invalid', `The folder of SOURCES_FOLDER, ${resolve(path)}, is not there.`, {
    next: 'Create it, or correct SOURCES_FOLDER: the files in it say which columns of a data source are hidden.',
  });
}

/** The embedding model and the databases side by side: they are what a start waits for. */
export async function openData(
  config: Config,
  parts: Omit<SourceParts, 'meanings'>,
  opened: Opened,
): Promise<{ readonly embedder: Embedder; readonly sources: readonly Source[]; readonly leftOut: readonly LeftOut[] }> {
  requireSourcesFolder(config);
  const opening = openTransformersEmbedder({
    model: config.embeddings.model,
    modelsFolder: resolve(repository, config.embeddings.folder),
    logger: parts.logger,
    cacheSize: 2000,
  }).then(opened);
  const meanings = createMeanings(opening, parts.logger);
  const [embedder, ...tried] = await Promise.all([
    opening,
    ...config.sources.map((source) => openOrLeaveOut(source, config, { ...parts, meanings }, opened)),
  ]);
  return {
    embedder,
    sources: tried.flatMap((one) => ('reason' in one ? [] : [one])),
    leftOut: tried.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

/** A source that cannot be opened does not keep the others from answering. What is wrong in its own files ends the start. */
async function openOrLeaveOut(
  source: SourceConfig,
  config: Config,
  parts: SourceParts,
  opened: Opened,
): Promise<Source | LeftOut> {
  try {
    return await openSource(source, config, parts, opened);
  } catch (error) {
    if (!isMemoriError(error, 'database_unavailable')) throw error;
    const name = source.kind === 'demo' ? 'shop' : source.name;
    parts.logger.error('A data source is left out.', { source: name, error: error.message, next: error.next });
    return { name, reason: String(error.details.message ?? error.message), next: error.next ?? '' };
  }
}
