import { staleQueries } from '../../core/answers/stale-queries.ts';
import { visibleCatalogue } from '../../core/sql/visible-catalogue.ts';
import { context } from '../blocks/elements.ts';
import { schemaBlocks } from '../blocks/schema-blocks.ts';
import type { Command } from './command.ts';
import { sourcesNamed } from './sources-named.ts';

/** A catalogue that is not kept yet is read; Slack's address for answers lives long enough. Milliseconds. */
const patienceMs = 20_000;

/** `/memori sources show [name] [table]`: tables and columns as they may be asked about. Hidden columns are not among them. */
export const sourcesShow: Command = {
  name: 'sources show',
  usage: '/memori sources show [name] [table]',
  summary: (texts) => texts.commands.sourcesShow,
  example: () => '/memori sources show shop orders',
  async run({ argument, deps, person, place, texts }) {
    const [name = '', table = ''] = argument.split(/\s+/u);
    const [source] = sourcesNamed(name, deps, texts);
    const signal = AbortSignal.timeout(patienceMs);
    const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
    const saved = await deps.data.saved.of(person.team, source.name, place.channel);
    const stale = await staleQueries([...source.queries, ...saved.map(({ query }) => query)], source, signal);
    const wanted = table.toLowerCase();
    const tables = catalogue.tables.filter(
      (one) => wanted === '' || [one.name, `${one.schema}.${one.name}`].some((known) => known.toLowerCase() === wanted),
    );
    const shown = tables.length === 0 ? catalogue.tables : tables;
    const warning = texts.vouch.stale(stale.map(({ query, why }) => `${query.id} (${why})`).join('; '));
    return {
      text: texts.headings.sources,
      blocks: [
        ...schemaBlocks(source, { ...catalogue, tables: shown }, texts),
        ...(stale.length === 0 ? [] : [context(warning)]),
      ],
    };
  },
};
