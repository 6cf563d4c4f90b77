import { stem } from '../../language/tokens.ts';
import { type Dataset, type Field, isNumeric, type Model } from '../model/model.ts';
import { unreadable } from '../reading/explore.ts';
import type { Dimension } from '../reading/reading.ts';
import type { Selection } from './select-parts.ts';
import type { SqlColumn } from './sql-dialect.ts';

/** A column of a SELECT that is grouped by; keys that tell two rows of one name apart are not shown. */
export type Column = SqlColumn & { readonly shown: boolean };

export const dimensionDatasets = (model: Model, dimensions: readonly Dimension[]): readonly string[] =>
  dimensions.flatMap((one) =>
    one.kind === 'grain'
      ? []
      : one.kind === 'entity'
        ? [one.dataset]
        : [model.fields.get(one.field)?.dataset ?? unreadable()],
  );

type Named = Column & { readonly field?: Field };

/** What is grouped by, as columns. Aliases that are taken get the dataset in front. */
export function dimensionColumns(
  dimensions: readonly Dimension[],
  selection: Selection,
  time: Field | undefined,
): readonly Column[] {
  const columns = dimensions.flatMap((one) => columnsOf(one, selection, time));
  return columns.map((column, i) =>
    columns.some((other, j) => j < i && other.alias === column.alias)
      ? { ...column, alias: `${stem(column.field?.dataset ?? 'key')}_${column.alias}` }
      : column,
  );
}

function columnsOf(one: Dimension, selection: Selection, time: Field | undefined): readonly Named[] {
  const { model } = selection;
  if (one.kind === 'grain')
    return [{ alias: one.grain, sql: selection.truncated(time ?? unreadable(), one.grain), shown: true }];
  if (one.kind === 'entity')
    return entityColumns(model.datasets.get(one.dataset) ?? unreadable(), one.fields, selection);
  const field = model.fields.get(one.field) ?? unreadable();
  return [{ alias: field.name, sql: selection.field(field), shown: true, field }];
}

/** An entity by its label or the fields asked for; its key keeps rows of one name apart. */
function entityColumns(dataset: Dataset, asked: readonly string[] | undefined, selection: Selection): readonly Named[] {
  const fields =
    asked?.map((id) => selection.model.fields.get(id) ?? unreadable()) ?? (dataset.label ? [dataset.label] : []);
  const name = plainName(stem(dataset.name));
  const shown = fields.map((field) => ({
    alias: field === dataset.label && !asked ? labelAlias(dataset, field) : field.name,
    sql: selection.field(field),
    shown: true,
    field,
  }));
  // Rows that have no such entity are no entity with an empty name.
  if (asked !== undefined) selection.present(dataset);
  const keys = dataset.key.map((column) => ({
    alias: `${name}_key_${column}`,
    sql: selection.column(dataset.name, column),
    shown: shown.length === 0,
  }));
  return [...shown, ...keys.filter(({ sql }) => !shown.some((other) => other.sql === sql))];
}

/** What the column is called that names a dataset's rows. Numbers that are names are no quantities. */
export const labelAlias = ({ name }: Dataset, label: Field): string =>
  isNumeric(label) ? `${plainName(stem(name))}_id` : plainName(stem(name));

/** A name without what would need quotes. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
