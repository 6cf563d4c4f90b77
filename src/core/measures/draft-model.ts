import type { Catalogue, CatalogueColumn, CatalogueTable } from '../sql/catalogue.ts';
import { stem } from '../verified/tokens.ts';
import { writeExtension } from './extension.ts';
import { columnPhrases, shortForms, tablePhrases, wordsOfName } from './names.ts';
import { type OssieDataset, type OssieDocument, type OssieField, type OssieMetric, ossieVersion } from './ossie.ts';
import { identifier } from './sql-text.ts';

const ansi = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL' as const, expression }] });
const synonyms = (phrases: readonly string[], name: string) => {
  const others = phrases.filter((phrase) => phrase !== wordsOfName(name).join(' '));
  return others.length > 0 ? { ai_context: { synonyms: [...others] } } : {};
};

/** Names of columns that hold numbers which nobody adds up. */
const codes =
  /(?:^|_|[a-z])(?:id|code|key|no|number|zip|postcode|phone|year|rank|fax|isbn|lat|lon|latitude|longitude)$/i;
const isNumeric = ({ type }: CatalogueColumn): boolean => type === 'integer' || type === 'number';
const isYear = ({ name, type }: CatalogueColumn): boolean =>
  /(?:^|_)year$|Year$|^Year/i.test(name) && (type === 'integer' || type === 'text');

/** What a table has to say of itself beyond its columns: declared, or inferred from names. */
type Shape = { readonly table: CatalogueTable; readonly key: readonly string[]; readonly foreign: ReadonlySet<string> };

const isIdentifier = (name: string): boolean => /(?:^|[_ a-z])id$|ID$/i.test(name);
const withoutId = (name: string): string => wordsOfName(name.replace(/_?id$/i, '')).join('');

/** What a table's key may be called, best first. Each test is tried on all tables before the next, so that `course_id` is the course's key and not its arrangement's. */
const keyTests: readonly ((column: string, table: string) => boolean)[] = [
  (column) => column.toLowerCase() === 'id',
  (column, table) => isIdentifier(column) && namesOf(table).includes(withoutId(column)),
  (column, table) => ['code', ...namesOf(table).map((name) => `${name}code`)].includes(wordsOfName(column).join('')),
  (column, table) =>
    isIdentifier(column) &&
    withoutId(column).length >= 3 &&
    namesOf(table).some((name) => name.startsWith(withoutId(column))),
  isIdentifier,
];

const namesOf = (table: string): readonly string[] =>
  tablePhrases(table).flatMap((phrase) => [phrase.replaceAll(' ', ''), phrase.split(' ').map(stem).join('')]);

/** The declared keys; else what is named like one. Beyond names in full, only a first column is taken, and none that is another table's. */
function keysOf(tables: readonly CatalogueTable[]): ReadonlyMap<CatalogueTable, readonly string[]> {
  const keys = new Map(tables.map((table) => [table, table.primaryKey]));
  keyTests.forEach((test, i) => {
    const claimed = new Set(
      [...keys.values()].flatMap((key) => (key.length === 1 ? key.map((name) => name.toLowerCase()) : [])),
    );
    for (const table of tables) {
      if ((keys.get(table)?.length ?? 0) > 0 || table.kind === 'view') continue;
      const columns = i < 2 ? table.columns : table.columns.slice(0, 1);
      const found = columns.find(
        ({ name }) =>
          test(name, table.name) &&
          (name.toLowerCase() === 'id' || name.toLowerCase() === 'code' || !claimed.has(name.toLowerCase())),
      );
      if (found) keys.set(table, [found.name]);
    }
  });
  return keys;
}

type Join = {
  readonly from: CatalogueTable;
  readonly columns: readonly string[];
  readonly to: CatalogueTable;
  readonly toColumns: readonly string[];
};

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Numbers, or texts that are numbers. */
const holdsNumbers = (column: CatalogueColumn): boolean =>
  isNumeric(column) || (column.values.length > 0 && column.values.every((value) => /^(?:\d+|null)$/.test(value)));

/** `maker`, `maker_id` for `car_makers`. */
function namesTable(column: string, table: string): boolean {
  const name = wordsOfName(column.replace(/_?id$/i, '')).map(stem).join(' ');
  return (
    name !== '' &&
    tablePhrases(table).some((phrase) => {
      const words = phrase.split(' ').map(stem);
      return words.join(' ') === name || words.at(-1) === name;
    })
  );
}

/** Declared foreign keys, else columns that are named like another table's key. */
function joinsOf(catalogue: Catalogue, keys: ReadonlyMap<CatalogueTable, readonly string[]>): readonly Join[] {
  return catalogue.tables.flatMap((from) => {
    const declared = from.foreignKeys.flatMap(({ columns, toSchema, toTable, toColumns }): Join[] => {
      const to = catalogue.tables.find((table) => table.schema === toSchema && sameName(table.name, toTable));
      return to ? [{ from, columns, to, toColumns: toColumns.length > 0 ? toColumns : (keys.get(to) ?? []) }] : [];
    });
    const taken = new Set(declared.flatMap(({ columns }) => columns.map((name) => name.toLowerCase())));
    const inferred = from.columns.flatMap((column): Join[] => {
      if (taken.has(column.name.toLowerCase())) return [];
      const targets = catalogue.tables.filter((to) => {
        const key = keys.get(to) ?? [];
        const [only] = key;
        if (to === from || to.kind === 'view' || key.length !== 1 || only === undefined) return false;
        const isOwnKey = keys.get(from)?.length === 1 && sameName(keys.get(from)?.[0] ?? '', column.name);
        if (isOwnKey) return false;
        if (sameName(only, column.name)) return !/^(?:id|code)$/i.test(only) && /id$|code$|key$/i.test(only);
        if (
          namesOf(to.name).some((name) => wordsOfName(column.name).join('') === `${name}${wordsOfName(only).join('')}`)
        )
          return true;
        const type = to.columns.find(({ name }) => name === only);
        return type !== undefined && holdsNumbers(type) && holdsNumbers(column) && namesTable(column.name, to.name);
      });
      const [to] = targets;
      return targets.length === 1 && to ? [{ from, columns: [column.name], to, toColumns: keys.get(to) ?? [] }] : [];
    });
    return [...declared, ...inferred].filter(({ toColumns, columns }) => toColumns.length === columns.length);
  });
}

/** The column that names a row to people. */
function labelOf({ table, key, foreign }: Shape): CatalogueColumn | undefined {
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

function draftField(column: CatalogueColumn, shape: Shape, short: ReadonlyMap<string, readonly string[]>): OssieField {
  const isKey = shape.key.includes(column.name) || shape.foreign.has(column.name);
  const surrogate = isKey && (isNumeric(column) || /id$/i.test(column.name));
  const types = {
    text: 'String',
    integer: 'Integer',
    number: 'Decimal',
    boolean: 'Boolean',
    date: 'Date',
    timestamp: 'DateTime',
  } as const;
  const datatype = column.type in types ? types[column.type as keyof typeof types] : undefined;
  return {
    name: column.name,
    expression: ansi(identifier(column.name)),
    ...(isYear(column) ? { dimension: { is_time: true } } : {}),
    ...(datatype ? { datatype } : {}),
    ...(column.comment ? { description: column.comment } : {}),
    ...synonyms([...columnPhrases(column.name, shape.table.name), ...(short.get(column.name) ?? [])], column.name),
    ...writeExtension({ key: surrogate ? true : undefined }),
  };
}

function draftDataset(shape: Shape): OssieDataset {
  const { table, key } = shape;
  const label = labelOf(shape);
  const short = shortForms(
    table.columns.map(({ name }) => name),
    table.name,
  );
  return {
    name: table.name,
    source: `${identifier(table.schema)}.${identifier(table.name)}`,
    ...(key.length > 0 ? { primary_key: [...key] } : {}),
    ...(table.comment ? { description: table.comment } : {}),
    ...synonyms(tablePhrases(table.name), table.name),
    fields: table.columns.map((column) => draftField(column, shape, short)),
    ...writeExtension({ label_field: label?.name }),
  };
}

/** A count for each dataset; a sum and an average for each measure. */
function draftMetrics({ table, key, foreign }: Shape, isBridge: boolean): readonly OssieMetric[] {
  if (isBridge) return [];
  const dataset = identifier(table.name);
  const thing = tablePhrases(table.name).at(-1) ?? table.name;
  const counted = key.length === 1 ? `COUNT(${dataset}.${identifier(key[0] ?? '')})` : undefined;
  const measures = table.columns.filter(
    (column) =>
      isNumeric(column) &&
      !key.includes(column.name) &&
      !foreign.has(column.name) &&
      !codes.test(column.name) &&
      !isYear(column),
  );
  const slug = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '_');
  return [
    ...(counted
      ? [
          {
            name: slug(`${thing} count`),
            expression: ansi(counted),
            datatype: 'Integer' as const,
            ai_context: { synonyms: [`number of ${thing}`] },
          },
        ]
      : []),
    ...measures.flatMap((column): OssieMetric[] => {
      const phrase = columnPhrases(column.name, table.name).at(-1) ?? column.name;
      const reference = `${dataset}.${identifier(column.name)}`;
      return [
        { name: slug(`total ${thing} ${phrase}`), expression: ansi(`SUM(${reference})`), datatype: 'Decimal' },
        { name: slug(`average ${thing} ${phrase}`), expression: ansi(`AVG(${reference})`), datatype: 'Decimal' },
      ];
    }),
  ];
}

/**
 * A first draft of a semantic model from what the database says of itself: keys, joins and names of rows inferred where
 * none are declared, surrogate keys marked, phrases normalised, counts, sums and averages as metrics. For a person to
 * correct: what cannot be inferred safely is left out.
 */
export function draftModel(catalogue: Catalogue): OssieDocument {
  const keys = keysOf(catalogue.tables);
  const joins = joinsOf(catalogue, keys);
  const shapes = catalogue.tables.map(
    (table): Shape => ({
      table,
      key: keys.get(table) ?? [],
      foreign: new Set(joins.filter(({ from }) => from === table).flatMap(({ columns }) => columns)),
    }),
  );
  const isBridge = ({ table, foreign }: Shape): boolean => table.columns.every(({ name }) => foreign.has(name));
  const names = new Set<string>();
  const metrics = shapes
    .flatMap((shape) => draftMetrics(shape, isBridge(shape)))
    .filter(({ name }) => !names.has(name) && names.add(name));
  return {
    version: ossieVersion,
    semantic_model: [
      {
        name: wordsOfName(catalogue.dataSource).join('_') || 'model',
        datasets: shapes.map(draftDataset),
        relationships: joins.map(({ from, columns, to, toColumns }, i) => ({
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
