import type { CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { stem } from '../../language/tokens.ts';
import { columnPhrases, tablePhrases, wordsOfName } from './names.ts';

/** What a table has to say of itself beyond its columns: declared, or inferred from names. */
export type TableShape = {
  readonly table: CatalogueTable;
  readonly key: readonly string[];
  readonly foreign: ReadonlySet<string>;
};

/** The column that names a row to people. */
export function labelOf({ table, key, foreign }: TableShape): CatalogueColumn | undefined {
  const texts = table.columns.filter(({ name, type }) => type === 'text' && !foreign.has(name));
  const phraseIs = (column: CatalogueColumn, ...wanted: string[]): boolean =>
    columnPhrases(column.name, table.name).some((phrase) => wanted.includes(phrase));
  const own = tablePhrases(table.name).map((phrase) => phrase.split(' ').map(stem).join(' '));
  return (
    texts.find((column) => phraseIs(column, 'name', 'full name')) ??
    texts.find((column) => phraseIs(column, 'title')) ??
    texts.find((column) => own.includes(wordsOfName(column.name).map(stem).join(' '))) ??
    texts.find((column) => wordsOfName(column.name).at(-1) === 'name') ??
    (texts.filter(({ name }) => !key.includes(name)).length === 1
      ? texts.find(({ name }) => !key.includes(name))
      : undefined)
  );
}
