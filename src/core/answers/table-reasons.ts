import { linkSchema } from '../sql/linking/link-schema.ts';
import { tablesIn } from '../sql/linking/previous-tables.ts';
import { visibleCatalogue } from '../sql/visible-catalogue.ts';
import type { TableReason } from './outcome.ts';
import type { Source } from './source.ts';

/** The most words shown per table. */
const shownWords = 5;

/** Why each table that an answer reads was shown to the model: the words of the question it matches. */
export async function tableReasons(
  sql: string,
  question: string,
  source: Source,
  signal: AbortSignal,
): Promise<readonly TableReason[]> {
  const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
  const read = new Set(tablesIn(sql, catalogue));
  const { tables } = linkSchema(question, catalogue, Number.POSITIVE_INFINITY);
  return tables
    .filter(({ table: { schema, name } }) => read.has(`${schema}.${name}`))
    .map(({ table: { name }, why }) => ({
      table: name,
      words: [...new Set([...why.values.map(({ value }) => value), ...why.words])].slice(0, shownWords),
    }));
}
