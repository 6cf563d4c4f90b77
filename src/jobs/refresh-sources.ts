import type { Source } from '../core/answers/source.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Job } from './job.ts';

/**
 * Rereads the schemas that are due, one source after the other, so that a question seldom meets an old one. A source
 * that does not answer keeps its last known schema.
 */
export const refreshSources = (sources: readonly Pick<Source, 'name' | 'refreshWhenOld'>[], logger: Logger): Job => ({
  name: 'refresh-sources',
  schedule: '30 * * * * *',
  atStart: false,
  run: async (signal) => {
    for (const source of sources) {
      if (signal.aborted) return;
      await source.refreshWhenOld().catch((error: unknown) => {
        if (!isMemoriError(error)) throw error;
        logger.warn('A schema could not be read.', { source: source.name, code: error.code, error: error.message });
      });
    }
  },
});
