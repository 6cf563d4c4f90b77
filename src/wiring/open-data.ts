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
import type { CloseLater } from './closing.ts';
import { openSource, type SourceParts } from './open-source.ts';

/** The folder holds what is hidden and who may see what, so a mistyped path must be an error. */
function requireSourcesFolder({ sourcesFolder: { path, isChosen } }: Config): void {
  if (!isChosen || existsSync(resolve(path))) return;
  throw new MemoriError('config_invalid', `The folder of SOURCES_FOLDER, ${resolve(path)}, is not there.`, {
    next: 'Create it, or correct SOURCES_FOLDER: the files in it say which columns of a data source are hidden.',
  });
}

/** Opens the embedding model and the databases side by side: they are the slowest parts of a start. */
export async function openData(
  config: Config,
  parts: Omit<SourceParts, 'meanings'>,
  closeLater: CloseLater,
): Promise<{ readonly embedder: Embedder; readonly sources: readonly Source[]; readonly leftOut: readonly LeftOut[] }> {
  requireSourcesFolder(config);
  const opening = openTransformersEmbedder({
    model: config.embeddings.model,
    modelsFolder: resolve(repository, config.embeddings.folder),
    logger: parts.logger,
    cacheSize: 2000,
  }).then(closeLater);
  const meanings = createMeanings(opening, parts.logger);
  const [embedder, ...tried] = await Promise.all([
    opening,
    ...config.sources.map((source) => openOrLeaveOut(source, config, { ...parts, meanings }, closeLater)),
  ]);
  return {
    embedder,
    sources: tried.flatMap((one) => ('reason' in one ? [] : [one])),
    leftOut: tried.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

/** A source that cannot be opened does not keep the others from answering. A mistake in its YAML files ends the start. */
async function openOrLeaveOut(
  source: SourceConfig,
  config: Config,
  parts: SourceParts,
  closeLater: CloseLater,
): Promise<Source | LeftOut> {
  try {
    return await openSource(source, config, parts, closeLater);
  } catch (error) {
    if (!isMemoriError(error, 'database_unavailable')) throw error;
    const name = source.kind === 'demo' ? 'shop' : source.name;
    parts.logger.error('A data source is left out.', { source: name, error: error.message, next: error.next });
    return { name, reason: String(error.details.message ?? error.message), next: error.next ?? '' };
  }
}
