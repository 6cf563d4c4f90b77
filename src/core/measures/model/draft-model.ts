import type { Catalogue } from '../../data/catalogue.ts';
import { stem } from '../../language/tokens.ts';
import { commonNames } from './common-names.ts';
import { ansi, draftField, flagWords, isMeasured, synonyms } from './draft-field.ts';
import { eventDateOf } from './event-date.ts';
import { writeExtension } from './extension.ts';
import { joinsOf, keysOf, ownersOf } from './infer-joins.ts';
import { columnPhrases, shortForms, tablePhrases, wordsOfName } from './names.ts';
import { type OssieDataset, type OssieDocument, type OssieMetric, ossieVersion } from './ossie.ts';
import { identifier } from './sql-text.ts';
import { labelOf, type TableShape } from './table-shape.ts';

/** Other words that people use for a name, and a name that is left free, unless something is called so. */
type Others = {
  readonly of: (phrases: readonly string[]) => readonly string[];
  readonly isFree: (name: string) => boolean;
};

/** "makers" for the car makers. */
function headOf(phrase: string, { isFree }: Others): readonly string[] {
  const [first, head, ...more] = phrase.split(' ');
  return first !== undefined && head !== undefined && more.length === 0 && isFree(head) ? [head] : [];
}

function othersIn(catalogue: Catalogue): Others {
  const taken = new Set(
    catalogue.tables.flatMap((table) => [
      ...tablePhrases(table.name),
      ...table.columns.flatMap(({ name }) => columnPhrases(name, table.name)),
    ]),
  );
  const takenStems = new Set([...taken].map(stem));
  const stems = new Map<string, number>();
  for (const { name } of catalogue.tables)
    for (const word of new Set(
      tablePhrases(name)
        .flatMap((phrase) => phrase.split(' '))
        .map(stem),
    ))
      stems.set(word, (stems.get(word) ?? 0) + 1);
  return {
    of: (phrases) => phrases.flatMap(commonNames).filter((name) => !taken.has(name)),
    // A word in the names of two tables is neither's.
    isFree: (name) => !takenStems.has(stem(name)) && stems.get(stem(name)) === 1,
  };
}

function draftDataset(shape: TableShape, others: Others): OssieDataset {
  const { table, key } = shape;
  const label = labelOf(shape);
  const short = shortForms(
    table.columns.map(({ name }) => name),
    table.name,
  );
  const own = tablePhrases(table.name).flatMap((phrase) => [phrase, ...headOf(phrase, others)]);
  return {
    name: table.name,
    source: `${identifier(table.schema)}.${identifier(table.name)}`,
    ...(key.length > 0 ? { primary_key: [...key] } : {}),
    ...(table.comment ? { description: table.comment } : {}),
    ...synonyms([...own, ...others.of(own)], table.name),
    fields: table.columns.map((column) => {
      const phrases = columnPhrases(column.name, table.name);
      const roles = rolesOf(column.name, shape, label?.name);
      const forms = flagWords(column) === undefined ? (short.get(column.name) ?? []) : [];
      return draftField(column, shape, [...forms, ...roles, ...others.of(phrases)]);
    }),
    ...writeExtension({ time_field: eventDateOf(table), label_field: label?.name }),
  };
}

const slug = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '_');

/** What names a row is its name, and what identifies it its id, unless another column is called so. */
function rolesOf(column: string, { table, key }: TableShape, label: string | undefined): readonly string[] {
  const isFree = (name: string): boolean =>
    !table.columns.some((other) => other.name !== column && columnPhrases(other.name, table.name).includes(name));
  const isOnlyKey = key.length === 1 && column === key[0];
  const roles = [...(column === label ? ['name'] : []), ...(isOnlyKey && /id$/i.test(column) ? ['id'] : [])];
  const things = tablePhrases(table.name);
  const named = (name: string): readonly string[] => things.map((thing) => `${thing} ${name}`);
  return [
    ...roles.filter(isFree).flatMap((role) => [role, ...named(role)]),
    // Columns that point here are called so.
    ...(isOnlyKey ? columnPhrases(column, table.name).flatMap(named) : []),
  ];
}

/** A count for each dataset; a sum and an average for each measure. */
function draftMetrics(shape: TableShape, hasPeople: boolean): readonly OssieMetric[] {
  const { table, key, foreign } = shape;
  if (table.columns.every(({ name }) => foreign.has(name))) return [];
  const dataset = identifier(table.name);
  const thing = tablePhrases(table.name).at(-1) ?? table.name;
  const [only] = key;
  const count: OssieMetric = {
    name: slug(`${thing} count`),
    expression: ansi(`COUNT(${dataset}.${identifier(only ?? '')})`),
    datatype: 'Integer',
    ai_context: { synonyms: [`number of ${thing}`] },
  };
  const sums = table.columns
    .filter((column) => isMeasured(column, shape))
    .flatMap((column): OssieMetric[] => {
      const phrase = columnPhrases(column.name, table.name).at(-1) ?? column.name;
      const reference = `${dataset}.${identifier(column.name)}`;
      const total = { name: slug(`total ${thing} ${phrase}`), expression: ansi(`SUM(${reference})`) };
      const average = { name: slug(`average ${thing} ${phrase}`), expression: ansi(`AVG(${reference})`) };
      const people = phrase === 'population' && !hasPeople ? { ai_context: { synonyms: [...peopleWords] } } : {};
      return [
        { ...total, datatype: 'Decimal', ...people },
        { ...average, datatype: 'Decimal' },
      ];
    });
  return only !== undefined && key.length === 1 ? [count, ...sums] : sums;
}

/** How a population is asked for. */
const peopleWords = ['people', 'how many people', 'number of people', 'total number of people', 'inhabitants'];

/**
 * A first draft of a semantic model from what the database says of itself: keys, joins and names of rows inferred where
 * none are declared, surrogate keys marked, phrases normalised, counts, sums and averages as metrics. For a person to
 * correct: what cannot be inferred safely is left out.
 */
export function draftModel(catalogue: Catalogue): OssieDocument {
  const keys = keysOf(catalogue.tables);
  const joins = joinsOf(catalogue, keys);
  const shapes = catalogue.tables.map(
    (table): TableShape => ({
      table,
      key: keys.get(table) ?? [],
      foreign: new Set(joins.filter(({ from }) => from === table).flatMap(({ columns }) => columns)),
    }),
  );
  const others = othersIn(catalogue);
  const hasPeople = catalogue.tables.some(({ name }) => /people|person/i.test(name));
  const names = new Set<string>();
  const metrics = shapes
    .flatMap((shape) => draftMetrics(shape, hasPeople))
    .filter(({ name }) => !names.has(name) && names.add(name));
  return {
    version: ossieVersion,
    semantic_model: [
      {
        name: wordsOfName(catalogue.dataSource).join('_') || 'model',
        datasets: shapes.map((shape) => draftDataset(shape, others)),
        relationships: ownersOf(joins).map(({ from, columns, to, toColumns }, i) => ({
          name: `${from.name}_${columns.join('_')}_${i + 1}`,
          from: from.name,
          to: to.name,
          from_columns: [...columns],
          to_columns: [...toColumns],
        })),
        ...(metrics.length > 0 ? { metrics } : {}),
      },
    ],
  };
}
