import { isMemoriError, MemoriError } from '../../core/base/errors.ts';
import { errorTextsFor } from '../../core/texts/texts-for.ts';
import { inertMrkdwn } from '../escape.ts';
import { duration } from '../format-cell.ts';
import type { ListedSource } from '../slack-deps.ts';
import { type Command, type CommandCall, firstWord } from './command.ts';
import { sourcesNamed } from './sources-named.ts';

/** `/memori sources refresh [name]`: reads the schema now instead of when its time has come. Admins only. */
export const sourcesRefresh: Command = {
  name: 'sources refresh',
  usage: '/memori sources refresh [name]',
  summary: (texts) => texts.commands.sourcesRefresh,
  target: firstWord,
  example: () => '/memori sources refresh shop',
  async run(call) {
    const { argument, deps, person, texts } = call;
    if (!person.admin) throw new MemoriError('not_allowed', 'Only an admin rereads schemas.');
    const lines: string[] = [];
    // One after the other: reading a large schema is work for the database.
    for (const source of sourcesNamed(argument, deps, texts)) {
      await call.progress?.(inertMrkdwn(texts.sources.reading(source.name)));
      lines.push(await refresh(source, call));
    }
    return { text: inertMrkdwn(lines.join('\n')) };
  },
};

/** A source that does not answer does not keep the others from being read. */
async function refresh(source: ListedSource, { deps, person, texts, progress }: CommandCall): Promise<string> {
  const { clock } = deps.ops;
  const started = clock.now().getTime();
  try {
    const before = await source.catalogue(new AbortController().signal);
    const { tables, hash } = await source.refresh(
      (read, of) => void progress?.(inertMrkdwn(texts.sources.readingOf(source.name, read, of))),
    );
    return texts.sources.refreshed(
      source.name,
      tables.length,
      duration(clock.now().getTime() - started),
      hash !== before.hash,
    );
  } catch (error) {
    if (!isMemoriError(error)) throw error;
    const why = errorTextsFor(person.locale)[error.code]({ message: error.message, ...error.details });
    return texts.sources.failed(source.name, why);
  }
}
