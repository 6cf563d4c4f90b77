import { staleQueries } from '../../core/answers/stale-queries.ts';
import { MemoriError } from '../../core/base/errors.ts';
import type { CatalogueTable } from '../../core/data/catalogue.ts';
import { nearestNames } from '../../core/sql/nearest-names.ts';
import { visibleCatalogue } from '../../core/sql/visible-catalogue.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import { context } from '../blocks/elements.ts';
import { schemaBlocks } from '../blocks/schema-blocks.ts';
import { understoodLines } from '../blocks/understood-lines.ts';
import { type Command, firstWord } from './command.ts';
import { sourcesNamed } from './sources-named.ts';

/** How long to wait for a schema that is not cached. Milliseconds. */
const patienceMs = 20_000;

/** `/memori sources show [name] [table]`: the tables and columns that can be asked about, without hidden ones. */
export const sourcesShow: Command = {
  name: 'sources show',
  usage: '/memori sources show [name] [table]',
  summary: (texts) => texts.commands.sourcesShow,
  target: firstWord,
  example: () => '/memori sources show shop orders',
  async run({ argument, deps, person, place, texts }) {
    const [name = '', table = ''] = argument.split(/\s+/u);
    const [source] = sourcesNamed(name, deps, texts);
    const signal = AbortSignal.timeout(patienceMs);
    const { tables } = visibleCatalogue(await source.catalogue(signal), source.policy);
    const shown = tablesNamed(table, tables, texts);
    const saved = await deps.data.saved.of(person.team, source.name, place.channel);
    const stale = await staleQueries([...source.queries, ...saved.map(({ query }) => query)], source, signal);
    const told = understoodLines(await source.database.understood?.(signal), shown, texts);
    const warning = texts.vouch.stale(stale.map(({ query, why }) => `${query.id} (${why})`).join('; '));
    return {
      text: texts.headings.sources,
      blocks: [
        ...schemaBlocks(source, shown, tables.length, texts, source.policy.approvedFunctions),
        ...(told.length === 0 ? [] : [context(...told)]),
        ...(stale.length === 0 ? [] : [context(warning)]),
      ],
    };
  },
};

/** The table of this name, otherwise those whose names contain it. Errors: `invalid_input` with similar names. */
function tablesNamed(name: string, tables: readonly CatalogueTable[], texts: Texts): readonly CatalogueTable[] {
  const wanted = name.toLowerCase();
  const namesOf = (table: CatalogueTable): readonly string[] =>
    [table.name, `${table.schema}.${table.name}`].map((known) => known.toLowerCase());
  const exact = tables.filter((table) => namesOf(table).includes(wanted));
  if (exact.length > 0) return exact;
  const partly = tables.filter((table) => namesOf(table).some((known) => known.includes(wanted)));
  if (partly.length > 0 || tables.length === 0) return partly;
  const near = nearestNames(
    name,
    tables.map((table) => table.name),
  );
  const message = texts.sources.noTable(name, near.length === 0 ? '' : texts.sources.which(near));
  throw new MemoriError('invalid_input', `There is no table ${JSON.stringify(name)}.`, { details: { message } });
}
