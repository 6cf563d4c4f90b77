import type { Catalogue } from '../../../src/core/data/catalogue.ts';
import type { ColumnType } from '../../../src/core/data/column-type.ts';
import { writeExtension } from '../../../src/core/measures/model/extension.ts';
import type { Model } from '../../../src/core/measures/model/model.ts';
import type { OssieModel } from '../../../src/core/measures/model/ossie.ts';
import { resolveModel } from '../../../src/core/measures/model/resolve-model.ts';
import { catalogueOf, column, table } from '../catalogue.ts';
import type { World, WorldTable } from './world.ts';

const inAnsi = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL' as const, expression }] });

const datatypes = {
  text: 'String',
  integer: 'Integer',
  number: 'Decimal',
  boolean: 'Boolean',
  date: 'Date',
  timestamp: 'DateTime',
} as const satisfies Partial<Record<ColumnType, string>>;
const datatypeOf = (type: ColumnType) =>
  type in datatypes ? { datatype: datatypes[type as keyof typeof datatypes] } : {};

const datasetOf = ({ name, key, fields, time, label, keeps }: WorldTable): OssieModel['datasets'][number] => ({
  name,
  source: name,
  ...(key.length > 0 ? { primary_key: [...key] } : {}),
  fields: fields.map((field) => ({
    name: field.name,
    expression: inAnsi(field.sql),
    dimension: { is_time: field.isTime },
    ...datatypeOf(field.type),
  })),
  ...writeExtension({
    ...(time === undefined ? {} : { time_field: time }),
    ...(label === undefined ? {} : { label_field: label }),
    ...(keeps === undefined ? {} : { row_filter: keeps.sql }),
  }),
});

/** What the database would say of itself. */
export const catalogueOfWorld = ({ tables }: World): Catalogue =>
  catalogueOf(
    tables.map(({ name, columns, rows, key }) =>
      table(
        name,
        columns.map((one) => ({
          ...column(
            one.name,
            one.type,
            one.type === 'text'
              ? [...new Set(rows.flatMap((row) => (typeof row[one.name] === 'string' ? [String(row[one.name])] : [])))]
              : [],
          ),
          nullable: one.nullable,
        })),
        { primaryKey: key },
      ),
    ),
  );

/** The world as the product reads it from a model's file and a catalogue. */
export function productModel(world: World): Model {
  const file: OssieModel = {
    name: 'world',
    datasets: world.tables.map(datasetOf),
    relationships: world.links.map(({ from, to, columns }, at) => ({
      name: `link_${at}`,
      from,
      to,
      from_columns: columns.map(([own]) => own),
      to_columns: columns.map(([, other]) => other),
    })),
    metrics: world.metrics.map(({ name, sql, time, isCurrent, decimals }) => ({
      name,
      expression: inAnsi(sql),
      ...writeExtension({
        ...(time === undefined ? {} : { time_field: time }),
        ...(isCurrent === undefined ? {} : { current: isCurrent }),
        ...(decimals === undefined ? {} : { decimals }),
      }),
    })),
  };
  const { model, problems } = resolveModel(file, catalogueOfWorld(world));
  if (problems.length > 0) throw new Error(`The world "${world.name}" is no model: ${JSON.stringify(problems)}`);
  return model;
}
