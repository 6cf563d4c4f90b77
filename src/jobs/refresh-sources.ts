import type { Source } from '../core/answers/source.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Job } from './job.ts';

/**
 * Reads the schemas whose time has come, so that a question seldom meets an old one. One source after the other; one that
 * does not answer keeps what is known of it, and does not keep the others from being read.
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
