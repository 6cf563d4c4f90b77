import type { Source } from '../core/answers/source.ts';
import { isMemoriError } from '../core/base/errors.ts';
import type { Logger } from '../core/base/logger.ts';
import type { Locale } from '../core/base/namespace.ts';

/** The questions offered on the first screen, in help and in App Home. */
export type StarterQuestions = (locale: Locale) => readonly string[];

/**
 * Reads the starter questions of all sources once, in both languages. A database that is down does not keep the others
 * from answering; the log and the status say why, and it reconnects by itself.
 */
export async function readStarterQuestions(sources: readonly Source[], logger: Logger): Promise<StarterQuestions> {
  const signal = AbortSignal.timeout(10_000);
  const read = async (source: Source): Promise<Readonly<Record<Locale, readonly string[]>>> => {
    try {
      return { en: await source.examples(6, 'en', signal), zh: await source.examples(6, 'zh', signal) };
    } catch (error) {
      if (!isMemoriError(error)) throw error;
      logger.error('A data source does not answer.', {
        source: source.name,
        code: error.code,
        error: error.message,
        next: error.next,
      });
      return { en: [], zh: [] };
    }
  };
  const all = await Promise.all(sources.map(read));
  return (locale) => all.flatMap((examples) => examples[locale]);
}
