import type { CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';

/** Values shown for a column at most: all when there are no more, otherwise enough to show how they are written. */
const shownValues = 8;
const sampledValues = 3;
/** Longer comments and values are cut, or a comment of pages would crowd out the rest. Characters. */
const longestComment = 160;
const longestValue = 40;

/** Explains the notation of the schema to the model. */
export const schemaLegend =
  'The schema lists tables with their columns: "a > t.b" means that column a refers to column b of t ("a > t": to the column of the same name), "key" that it is (part of) the primary key. Tables under "schema s" are named s.table in SQL. JSON strings are the comment (after --) and values as they are written. Columns after "also" are only named; "c1 … c9" stands for every column from c1 to c9. A name in double quotes needs them in SQL.';

/** A column, or the first and last of a family (`week_1 … week_52`), as the prompt names it. */
export type NamedColumn = {
  readonly column: CatalogueColumn;
  readonly last: CatalogueColumn | undefined;
  /** The column that it refers to, as `referenceText` writes it. */
  readonly reference: string | undefined;
};

/** A column with its type, comment and values. */
export type DetailedColumn = NamedColumn & {
  readonly isKey: boolean;
  /** Values that the question seems to name; they come first. */
  readonly values: readonly string[];
};

/** A table with names only: `orders: id, customer_id > customers.id`. */
export const tableLine = (name: string, named: readonly string[]): string => `${name}: ${named.join(', ')}`;

/** A table with columns in detail, a line for each, and the others in one line. */
export const tableBlock = (header: string, detailed: readonly string[], named: readonly string[]): string =>
  [header, ...detailed.map((line) => `  ${line}`), ...(named.length > 0 ? [`  also ${named.join(', ')}`] : [])].join(
    '\n',
  );

/** The first line of a table in detail: its kind, name, approximate rows and comment. */
export const tableHeader = (table: CatalogueTable): string => {
  const rows = table.rowEstimate === undefined ? '' : `, about ${table.rowEstimate} rows`;
  return `${table.kind} ${identifier(table.name)}${rows}${comment(table.comment)}`;
};

/** The heading above tables whose schema SQL must name. */
export const schemaLine = (schema: string): string => `schema ${identifier(schema)}`;

/** Tables that are only named. */
export const otherTables = (names: readonly string[]): string => `other tables: ${names.join(', ')}`;

/**
 * A name as SQL needs it: in double quotes unless it is plain lower case. Escaped like JSON, so that a name with line
 * breaks cannot pretend to be another part of the prompt.
 */
export const identifier = (name: string): string => (/^[a-z_][a-z\d_$]*$/.test(name) ? name : JSON.stringify(name));

/** The target of a reference: the table alone when its column has the same name. */
export const referenceText = (column: string, table: string, target: string): string =>
  column === target ? table : `${table}.${identifier(target)}`;

/** A column or family with its reference: `customer_id > customers.id`. */
export const nameText = ({ column, last, reference }: NamedColumn): string =>
  [
    identifier(column.name),
    ...(last ? [` … ${identifier(last.name)}`] : []),
    ...(reference === undefined ? [] : [` > ${reference}`]),
  ].join('');

/** A column in detail: its name, type, whether it is a key, its comment and values. */
export const detailText = (shown: DetailedColumn): string =>
  `${nameText(shown)} ${shortType(shown.column.dataType)}${shown.isKey ? ' key' : ''}${comment(shown.column.comment)}${valuesText(shown)}`;

function valuesText({ column, isKey, values: named }: DetailedColumn): string {
  const all = column.valuesComplete && column.values.length <= shownValues;
  const samples = isKey || !isWritten(column) ? [] : column.values.slice(0, sampledValues);
  const values = all ? column.values : [...new Set([...named.slice(0, shownValues), ...samples])].slice(0, shownValues);
  if (values.length === 0) return '';
  return ` ${all ? 'values' : 'such as'} ${values.map((value) => JSON.stringify(cut(value, longestValue))).join(', ')}`;
}

/** Whether samples help: numbers need none, and identifiers say nothing. */
const isWritten = ({ type, values }: CatalogueColumn): boolean =>
  type !== 'integer' && type !== 'number' && !values.every((value) => /^[\da-f-]{32,}$/i.test(value));

const comment = (text: string | undefined): string => (text ? ` -- ${JSON.stringify(cut(text, longestComment))}` : '');

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** PostgreSQL's own short names of types. */
const shortType = (type: string): string =>
  type
    .replace(/^timestamp(\(\d\))? with time zone/, 'timestamptz$1')
    .replace(' without time zone', '')
    .replace('character varying', 'varchar')
    .replace('double precision', 'float8');
