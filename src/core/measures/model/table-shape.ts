import type { CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { stem } from '../../language/tokens.ts';
import { columnPhrases, tablePhrases, wordsOfName } from './names.ts';

/** What a table has to say of itself beyond its columns: declared, or inferred from names. */
export type TableShape = {
  readonly table: CatalogueTable;
  readonly key: readonly string[];
  readonly foreign: ReadonlySet<string>;
  /** Columns that point to a row of the same table. */
  readonly own: ReadonlySet<string>;
};

/** The column that names a row to people. */
export function labelOf({ table, key, foreign }: TableShape): CatalogueColumn | undefined {
  const texts = table.columns.filter(({ name, type }) => type === 'text' && !foreign.has(name));
  const phraseIs = (column: CatalogueColumn, ...wanted: string[]): boolean =>
    columnPhrases(column.name, table.name).some((phrase) => wanted.includes(phrase));
  // What many rows share names none of them.
  const names = texts.filter((column) => !key.includes(column.name) && !isShared(column));
  const own = tablePhrases(table.name).map((phrase) => phrase.split(' ').map(stem).join(' '));
  return (
    texts.find((column) => phraseIs(column, 'name', 'full name')) ??
    texts.find((column) => phraseIs(column, 'title')) ??
    texts.find((column) => own.includes(wordsOfName(column.name).map(stem).join(' '))) ??
    texts.find((column) => wordsOfName(column.name).at(-1) === 'name') ??
    names.find((column) => phraseIs(column, ...references)) ??
    (texts.filter(({ name }) => !key.includes(name)).length === 1 ? names[0] : undefined)
  );
}

/** What people call a row by that has no name. */
const references = ['number', 'reference', 'code', 'sku', 'username', 'user name', 'login', 'email', 'email address'];

/** Words for what a row is like. */
const kinds = new Set(
  'status state stage type kind category class level gender sex role currency method channel source priority reason language color colour size unit flag comment comments note notes description remark remarks'.split(
    ' ',
  ),
);

/** The same text stands in many rows: a status, a kind. */
function isShared({ name, values, valuesComplete }: CatalogueColumn): boolean {
  const isKind = wordsOfName(name).some((word) => kinds.has(word));
  return isKind || (valuesComplete && values.length > 0 && values.length < fewest);
}

/** Fewer different texts than this name no rows, in any table worth asking. */
const fewest = 6;
