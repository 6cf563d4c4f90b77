import { checkSource } from '../core/answers/check-source.ts';
import type { Source } from '../core/answers/source.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { Logger } from '../core/base/logger.ts';

/**
 * Logs what the files of the sources say that their databases do not bear out, with file, line and fix. It does not stop
 * a start: the other queries answer, and a database may be away.
 */
export async function reportProblems(sources: readonly Source[], logger: Logger, signal: AbortSignal): Promise<void> {
  for (const source of sources)
    try {
      for (const { at, message } of await checkSource(source, signal))
        logger.error('A file of a source is not as its database.', { source: source.name, at, problem: message });
    } catch (error) {
      if (!isMemoriError(error)) throw error;
      if (signal.aborted) return;
      logger.warn('The files of a source could not be checked.', { source: source.name, error: error.message });
    }
}
