import type { Catalogue, CatalogueTable } from '../data/catalogue.ts';
import type { SqlToken } from '../data/syntax.ts';

/** A literal that the SQL compares with, or uses as its number of rows. Offsets are into the SQL. */
export type SqlLiteral = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'value'; readonly value: string; readonly columns: readonly SqlColumn[] }
  | { readonly kind: 'number'; readonly value: number; readonly use: NumberUse }
);

/**
 * How the SQL uses a number. `rows`: LIMIT; `most`: `<=`, as in a filter on a rank; `bound`: any other inequality;
 * `equal`: `=`.
 */
export type NumberUse = 'rows' | 'most' | 'bound' | 'equal';

/** A column that a literal may be compared with. `known`: the catalogue lists the literal among its values. */
export type SqlColumn = { readonly table: CatalogueTable; readonly name: string; readonly known: boolean };

const uses: Readonly<Record<string, NumberUse>> = {
  limit: 'rows',
  first: 'rows',
  next: 'rows',
  '<=': 'most',
  '<': 'bound',
  '>': 'bound',
  '>=': 'bound',
  '=': 'equal',
};

/** What follows a literal when something is computed from it. */
const computing = /^(?:[*/%+^|&-]|\|\||::|->>?)/u;

const isName = (text: string | undefined): text is string => /^(?:[\p{L}_]|["`[])/u.test(text ?? '');
const nameOf = (text: string): string => (/^["`[]/u.test(text) ? text.slice(1, -1) : text).toLowerCase();

/** `'it''s'` → `it's`; undefined for other kinds of literal. */
const textOf = (text: string): string | undefined =>
  /^'(?:[^'\\]|'')*'$/u.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;

/** The literals of a statement that a question may name. */
export function literalsOf(tokens: readonly SqlToken[], catalogue: Catalogue): readonly SqlLiteral[] {
  const texts = tokens.map(({ text }) => text.toLowerCase());
  const named = new Set(tokens.flatMap(({ text }) => (isName(text) ? [nameOf(text)] : [])));
  const tables = catalogue.tables.filter(({ name }) => named.has(name.toLowerCase()));
  return tokens.flatMap(({ start, end, text }, at): readonly SqlLiteral[] => {
    if (computing.test(texts[at + 1] ?? '')) return [];
    const before = texts[at - 1] ?? '';
    const value = textOf(text);
    if (value !== undefined) {
      const compared = comparedAt(texts, at);
      return compared < 0
        ? []
        : [{ kind: 'value', start, end, value, columns: columnsAt(tokens, compared, tables, value) }];
    }
    const use = uses[before];
    return /^\d+(?:\.\d+)?$/u.test(text) && use !== undefined
      ? [{ kind: 'number', start, end, value: Number(text), use }]
      : [];
  });
}

/** Index of the last token of the path that is compared with the literal by `=` or IN; -1 when there is none. */
function comparedAt(texts: readonly string[], at: number): number {
  if (texts[at - 1] === '=') return at - 2;
  let open = at - 1;
  while (texts[open] === ',' || texts[open]?.startsWith("'")) open -= 1;
  return texts[open] === '(' && texts[open - 1] === 'in' && texts[open - 2] !== 'not' ? open - 2 : -1;
}

/** The columns that the path ending here may mean, in the tables of the statement. */
function columnsAt(
  tokens: readonly SqlToken[],
  end: number,
  tables: readonly CatalogueTable[],
  value: string,
): readonly SqlColumn[] {
  const text = tokens[end]?.text;
  if (!isName(text)) return [];
  const qualifier = tokens[end - 1]?.text === '.' ? nameOf(tokens[end - 2]?.text ?? '') : undefined;
  const isMeant = ({ name }: CatalogueTable): boolean =>
    qualifier === undefined || name.toLowerCase() === qualifier || isAlias(tokens, name.toLowerCase(), qualifier);
  return tables
    .filter(isMeant)
    .flatMap((table) =>
      table.columns
        .filter(({ name }) => name.toLowerCase() === nameOf(text))
        .map(({ name, values }) => ({ table, name, known: values.includes(value) })),
    );
}

/** Whether the statement contains `table AS alias` or `table alias`. */
const isAlias = (tokens: readonly SqlToken[], table: string, alias: string): boolean =>
  tokens.some(({ text }, at) => {
    if (!isName(text) || nameOf(text) !== table) return false;
    const next = tokens[at + 1]?.text ?? '';
    return nameOf((next.toLowerCase() === 'as' ? tokens[at + 2]?.text : next) ?? '') === alias;
  });
