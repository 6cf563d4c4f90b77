import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import type { ColumnType } from '../../data/column-type.ts';
import { isBookkeeping } from './event-date.ts';
import { datasetExtension, fieldExtension, metricExtension, readExtension } from './extension.ts';
import { componentsOf, referencesOf } from './metric-parts.ts';
import type { Component, Dataset, Field, Metric, Model, Relationship } from './model.ts';
import { wordsOfName } from './names.ts';
import {
  instructionsOf,
  type OssieDataset,
  type OssieField,
  type OssieMetric,
  type OssieModel,
  synonymsOf,
} from './ossie.ts';
import { reaches } from './paths.ts';
import { identifier, piecesOf } from './sql-text.ts';

/** Something in a model that cannot be used, and where it stands. */
export type ModelProblem = { readonly path: readonly (string | number)[]; readonly message: string };
export type Resolved = { readonly model: Model; readonly problems: readonly ModelProblem[] };

const typeNames: Readonly<Record<string, ColumnType>> = {
  String: 'text',
  Integer: 'integer',
  Decimal: 'number',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'timestamp',
  DateTimeTz: 'timestamp',
};

/**
 * The expression for our engines: ANSI SQL, or else another dialect of SQL, in which sums and columns are written the same:
 * a converted model has its vendor's only. What another engine does not know is refused when it is read.
 */
const sqlOf = ({ expression }: OssieField | OssieMetric): string | undefined =>
  sqlDialects.flatMap((wanted) => expression.dialects.filter(({ dialect }) => dialect === wanted))[0]?.expression;

const sqlDialects = ['ANSI_SQL', 'DATABRICKS', 'SNOWFLAKE', 'BIGQUERY'] as const;

/** Of a note to the model, in UTF-8. */
const noteBytes = 4096;

/**
 * A file's model joined with what the database says of its tables: types and values that the file leaves out. What
 * cannot be used is left out and told, with its place in the file.
 */
export function resolveModel(
  file: OssieModel,
  catalogue: Catalogue | undefined,
  values?: ReadonlyMap<string, readonly string[]>,
): Resolved {
  const problems: ModelProblem[] = [];
  const tell = (path: readonly (string | number)[], message: string): undefined => {
    problems.push({ path, message });
    return undefined;
  };
  const size = new TextEncoder().encode(instructionsOf(file) ?? '').length;
  if (size > noteBytes)
    tell(
      ['ai_context', ...(typeof file.ai_context === 'object' ? ['instructions'] : [])],
      `has ${size} bytes, and ${noteBytes} go to the model with each question; shorten it`,
    );
  const datasets = new Map<string, Dataset>();
  file.datasets.forEach((dataset, i) => {
    if (datasets.has(dataset.name))
      tell(['datasets', i, 'name'], `the dataset "${dataset.name}" is there twice; rename one`);
    const table = catalogue && tableOf(catalogue, dataset.source);
    if (catalogue !== undefined && table === undefined && !isQuery(dataset.source))
      tell(
        ['datasets', i, 'source'],
        `the database has no table "${dataset.source}"; correct the name, or let Memori read its schema`,
      );
    datasets.set(
      dataset.name,
      resolveDataset(dataset, table, (path, message) => tell(['datasets', i, ...path], message)),
    );
  });
  const relationships = (file.relationships ?? []).flatMap((one, i): Relationship[] => {
    for (const end of ['from', 'to'] as const)
      if (!datasets.has(one[end]))
        return [
          tell(
            ['relationships', i, end],
            `there is no dataset "${one[end]}"; one of ${[...datasets.keys()].join(', ')}`,
          ),
        ].flatMap(() => []);
    if (one.from_columns.length !== one.to_columns.length)
      return [
        tell(
          ['relationships', i, 'to_columns'],
          `has ${one.to_columns.length} columns, from_columns has ${one.from_columns.length}; pair them`,
        ),
      ].flatMap(() => []);
    return [
      {
        from: one.from,
        to: one.to,
        fromColumns: one.from_columns,
        toColumns: one.to_columns,
        phrases: [wordsOfName(one.name).join(' '), ...synonymsOf(one)],
      },
    ];
  });
  for (const [name, dataset] of datasets) datasets.set(name, withValues(dataset, values));
  const fields = new Map(
    [...datasets.values()].flatMap((dataset) => dataset.fields.map((field) => [field.id, field] as const)),
  );
  const base = {
    name: file.name,
    datasets,
    fields,
    relationships,
    metrics: new Map<string, Metric>(),
    instructions: instructionsOf(file),
  };
  (file.metrics ?? []).forEach((metric, i) => {
    const found = resolveMetric(metric, base, (path, message) => tell(['metrics', i, ...path], message));
    if (found !== undefined && base.metrics.has(found.name))
      tell(['metrics', i, 'name'], `the metric "${found.name}" is there twice; rename one`);
    if (found !== undefined) base.metrics.set(found.name, found);
  });
  return { model: base, problems };
}

/** Values read apart take the place of none. */
function withValues(dataset: Dataset, values: ReadonlyMap<string, readonly string[]> | undefined): Dataset {
  const fill = (field: Field): Field =>
    field.values.length > 0 ? field : { ...field, values: values?.get(field.id) ?? [] };
  const fields = dataset.fields.map(fill);
  const again = (field: Field | undefined): Field | undefined => field && fields.find(({ id }) => id === field.id);
  return { ...dataset, fields, label: again(dataset.label), time: again(dataset.time) };
}

type Tell = (path: readonly (string | number)[], message: string) => undefined;

const isQuery = (source: string): boolean => /^\s*\(?\s*(select|with)\b/i.test(source);

/** `table`, `schema.table` or `database.schema.table`, with or without quotes. */
function tableOf(catalogue: Catalogue, source: string): CatalogueTable | undefined {
  const [name, schema] = [...(piecesOf(source)[0]?.names ?? [])].reverse();
  const named = catalogue.tables.filter(
    (table) => table.name === name || table.name.toLowerCase() === name?.toLowerCase(),
  );
  if (schema !== undefined) return named.find((table) => table.schema.toLowerCase() === schema.toLowerCase());
  return catalogue.searchPath.flatMap((path) => named.filter((table) => table.schema === path))[0] ?? named[0];
}

function resolveDataset(dataset: OssieDataset, table: CatalogueTable | undefined, tell: Tell): Dataset {
  const extension = readExtension(datasetExtension, dataset);
  if (!extension.ok) tell(['custom_extensions', extension.index, 'data'], extension.message);
  const own = extension.ok ? extension.data : undefined;
  const columns = new Set(
    table?.columns.map(({ name }) => name) ?? [
      ...(dataset.fields ?? []).map(({ name }) => name),
      ...(dataset.primary_key ?? []),
    ],
  );
  const fields = (dataset.fields ?? []).flatMap((field, i) => {
    const found = resolveField(field, dataset.name, table, (path, message) => tell(['fields', i, ...path], message));
    return found === undefined ? [] : [found];
  });
  const named = (name: string | undefined): Field | undefined => {
    if (name === undefined) return undefined;
    return (
      fields.find((field) => field.name === name) ??
      tell(['custom_extensions'], `there is no field "${name}"; one of ${fields.map((field) => field.name).join(', ')}`)
    );
  };
  const times = fields.filter(({ isTime, hidden, name }) => isTime && !hidden && !isBookkeeping(name));
  return {
    name: dataset.name,
    source: isQuery(dataset.source) ? dataset.source : (table && relationOf(table, dataset.source)) || dataset.source,
    phrases: [wordsOfName(dataset.name).join(' '), ...synonymsOf(dataset)],
    fields,
    columns,
    key: dataset.primary_key ?? table?.primaryKey ?? [],
    label: named(own?.label_field) ?? fields.find(({ name }) => name === 'name' || name === 'title'),
    time: own?.time_field === undefined ? (times.length === 1 ? times[0] : undefined) : named(own.time_field),
    rowFilter: own?.row_filter,
    hidden: own?.hidden ?? false,
  };
}

const relationOf = (table: CatalogueTable, source: string): string =>
  (piecesOf(source)[0]?.names?.length ?? 1) > 1
    ? `${identifier(table.schema)}.${identifier(table.name)}`
    : identifier(table.name);

function resolveField(
  field: OssieField,
  dataset: string,
  table: CatalogueTable | undefined,
  tell: Tell,
): Field | undefined {
  const expression = sqlOf(field);
  if (expression === undefined) return tell(['expression'], `has no expression in SQL; add one in ${sqlDialects[0]}`);
  const extension = readExtension(fieldExtension, field);
  if (!extension.ok) tell(['custom_extensions', extension.index, 'data'], extension.message);
  const own = extension.ok ? extension.data : undefined;
  const column = columnOf(expression, table);
  if (table !== undefined && column === undefined && /^["\w]+$/.test(expression.trim()))
    return tell(
      ['expression'],
      `the table "${table.name}" has no column ${expression}; one of ${table.columns.map(({ name }) => name).join(', ')}`,
    );
  const type = (field.datatype && typeNames[field.datatype]) ?? column?.type ?? 'text';
  const isTime = field.dimension?.is_time ?? (type === 'date' || type === 'timestamp');
  const values =
    own?.top_values ??
    (type === 'text' ? column?.values.map((value) => asExpressed(value, expression)) : undefined) ??
    [];
  return {
    id: `${dataset}.${field.name}`,
    dataset,
    name: field.name,
    expression,
    type,
    isTime,
    isKey: own?.key ?? false,
    hidden: own?.hidden ?? false,
    nullable: column?.nullable !== false,
    phrases: [wordsOfName(field.name).join(' '), ...(field.label ? [field.label] : []), ...synonymsOf(field)],
    values: [...new Set([...values, ...Object.keys(own?.value_synonyms ?? {})])],
    valueSynonyms: own?.value_synonyms ?? {},
  };
}

/** The one column that an expression is about. */
function columnOf(expression: string, table: CatalogueTable | undefined): CatalogueColumn | undefined {
  const names = piecesOf(expression).flatMap((one) => (one.names?.length === 1 ? one.names : []));
  const used = table?.columns.filter(({ name }) => names.includes(name) || names.includes(name.toLowerCase())) ?? [];
  return used.length === 1 ? used[0] : undefined;
}

/** A stored value as the expression gives it. */
function asExpressed(value: string, expression: string): string {
  const trimmed = /\b(?:b?trim)\s*\(/i.test(expression) ? value.trim() : value;
  return /\blower\s*\(/i.test(expression)
    ? trimmed.toLowerCase()
    : /\bupper\s*\(/i.test(expression)
      ? trimmed.toUpperCase()
      : trimmed;
}

/** COUNT(*) or a count of the dataset's own key: other counts cannot be taken from rows below. */
function countsKey({ sql, dataset }: Component, model: Model): boolean {
  const key = model.datasets.get(dataset)?.key ?? [];
  const [reference] = referencesOf(sql);
  return reference === undefined || (key.length === 1 && reference[1] === key[0]);
}

function resolveMetric(metric: OssieMetric, model: Model, tell: Tell): Metric | undefined {
  const expression = sqlOf(metric);
  if (expression === undefined) return tell(['expression'], `has no expression in SQL; add one in ${sqlDialects[0]}`);
  for (const [dataset, name] of referencesOf(expression)) {
    const found = model.datasets.get(dataset);
    if (found === undefined) return tell(['expression'], `there is no dataset "${dataset}" for ${dataset}.${name}`);
    if (!model.fields.has(`${dataset}.${name}`) && !found.columns.has(name))
      return tell(
        ['expression'],
        `the dataset "${dataset}" has no field "${name}"; one of ${found.fields.map((field) => field.name).join(', ')}`,
      );
  }
  const parts = componentsOf(expression, new Set(model.datasets.keys()), (from, to) => reaches(model, from, to));
  if (parts === undefined)
    return tell(['expression'], 'is no aggregate over dataset.field; write e.g. SUM(orders.amount)');
  const extension = readExtension(metricExtension, metric);
  if (!extension.ok) tell(['custom_extensions', extension.index, 'data'], extension.message);
  const own = extension.ok ? extension.data : undefined;
  const timeField =
    own?.time_field === undefined
      ? undefined
      : (model.fields.get(own.time_field) ??
        tell(['custom_extensions'], `there is no field "${own.time_field}"; write dataset.field`));
  return {
    formula: parts.formula,
    components: parts.components.map((component) => ({
      ...component,
      countsRows: component.countsRows && countsKey(component, model),
    })),
    name: metric.name,
    phrases: [wordsOfName(metric.name).join(' '), ...synonymsOf(metric)],
    timeField,
    isCurrent: own?.current ?? false,
    isOfAllTime: own?.all_time ?? false,
    format: own?.format ?? (own?.currency ? 'currency' : 'number'),
    currency: own?.currency,
    decimals: own?.decimals,
    hidden: own?.hidden ?? false,
  };
}
