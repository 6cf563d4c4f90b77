import type { CatalogueColumn, CatalogueTable } from '../catalogue.ts';

/** Values shown for a column at most; enough to show how they are written. */
const shownValues = 8;

/**
 * The schema as the model reads it: one line a column, with comments, keys and how values are written. JSON strings for
 * everything that people wrote, so that a comment cannot pretend to be part of the prompt.
 */
export const schemaText = (tables: readonly CatalogueTable[]): string => tables.map(tableText).join('\n\n');

function tableText(table: CatalogueTable): string {
  const rows = table.rowEstimate === undefined ? '' : `, about ${table.rowEstimate} rows`;
  const keys = [
    ...(table.primaryKey.length > 0 ? [`  primary key (${table.primaryKey.join(', ')})`] : []),
    ...table.foreignKeys.map(
      (key) =>
        `  foreign key (${key.columns.join(', ')}) references ${key.toSchema}.${key.toTable} (${key.toColumns.join(', ')})`,
    ),
  ];
  return [
    `${table.kind} ${table.schema}.${table.name}${rows}${comment(table.comment)}`,
    ...table.columns.map(columnText),
    ...keys,
  ].join('\n');
}

function columnText(column: CatalogueColumn): string {
  const values = column.values.slice(0, shownValues).map((value) => JSON.stringify(value));
  const all = column.valuesComplete && column.values.length <= shownValues;
  const shown = values.length === 0 ? '' : ` ${all ? 'values' : 'values such as'} ${values.join(', ')}`;
  return `  ${column.name} ${column.dataType}${column.nullable ? '' : ' not null'}${comment(column.comment)}${shown}`;
}

const comment = (text: string | undefined): string => (text ? ` -- ${JSON.stringify(text)}` : '');
