import type { Catalogue, CatalogueColumn, CatalogueTable } from '../../data/catalogue.ts';
import { stem } from '../../language/tokens.ts';
import { tablePhrases, wordsOfName } from './names.ts';
import { namesRole } from './self-joins.ts';

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
export function keysOf(tables: readonly CatalogueTable[]): ReadonlyMap<CatalogueTable, readonly string[]> {
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

export type Join = {
  readonly from: CatalogueTable;
  readonly columns: readonly string[];
  readonly to: CatalogueTable;
  readonly toColumns: readonly string[];
};

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Numbers, or texts that are numbers. */
const holdsNumbers = (column: CatalogueColumn): boolean =>
  column.type === 'integer' ||
  column.type === 'number' ||
  (column.values.length > 0 && column.values.every((value) => /^(?:\d+|null)$/.test(value)));

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

type Keys = ReadonlyMap<CatalogueTable, readonly string[]>;

/** Declared foreign keys, else columns that are named like another table's key. */
export function joinsOf(catalogue: Catalogue, keys: Keys): readonly Join[] {
  return catalogue.tables.flatMap((from) => {
    const declared = declaredJoins(catalogue, from, keys);
    const taken = new Set(declared.flatMap(({ columns }) => columns.map((name) => name.toLowerCase())));
    const inferred = from.columns.flatMap((column): Join[] => {
      if (taken.has(column.name.toLowerCase())) return [];
      const named = catalogue.tables.filter((table) => isKeyOf(column, from, table, keys));
      const [to, ...others] = named.length === 0 && isOwnKey(column, from, keys) ? [from] : named;
      return to && others.length === 0 ? [{ from, columns: [column.name], to, toColumns: keys.get(to) ?? [] }] : [];
    });
    return [...declared, ...inferred].filter(({ toColumns, columns }) => toColumns.length === columns.length);
  });
}

const declaredJoins = (catalogue: Catalogue, from: CatalogueTable, keys: Keys): readonly Join[] =>
  from.foreignKeys.flatMap(({ columns, toSchema, toTable, toColumns }): Join[] => {
    const to = catalogue.tables.find((table) => table.schema === toSchema && sameName(table.name, toTable));
    return to ? [{ from, columns, to, toColumns: toColumns.length > 0 ? toColumns : (keys.get(to) ?? []) }] : [];
  });

/** `manager_id` of the employees: it holds what their key holds. */
function isOwnKey(column: CatalogueColumn, from: CatalogueTable, keys: Keys): boolean {
  const [only, ...more] = keys.get(from) ?? [];
  const key = from.columns.find(({ name }) => name === only);
  return more.length === 0 && key !== undefined && key !== column && key.type === column.type && namesRole(column.name);
}

/** The column of `from` is named like the key of `to`, or like `to` itself. */
function isKeyOf(column: CatalogueColumn, from: CatalogueTable, to: CatalogueTable, keys: Keys): boolean {
  const [only, ...more] = keys.get(to) ?? [];
  if (to === from || to.kind === 'view' || more.length > 0 || only === undefined) return false;
  const own = keys.get(from) ?? [];
  if (own.length === 1 && sameName(own[0] ?? '', column.name)) return false;
  if (sameName(only, column.name)) return !/^(?:id|code)$/i.test(only) && /id$|code$|key$/i.test(only);
  const joined = wordsOfName(column.name).join('');
  if (namesOf(to.name).some((name) => joined === `${name}${wordsOfName(only).join('')}`)) return true;
  const key = to.columns.find(({ name }) => name === only);
  return key !== undefined && holdsNumbers(key) && holdsNumbers(column) && namesTable(column.name, to.name);
}

/** `friend_id` of `friends`, `liked_id` of `likes`: what the row itself is. */
function namesItself({ columns, from }: Join): boolean {
  const root = (word: string): string => stem(word).replace(/e?d$/, '').replace(/e$/, '');
  const name = wordsOfName((columns[0] ?? '').replace(/_?id$/i, ''))
    .map(root)
    .join(' ');
  return tablePhrases(from.name).some((phrase) => phrase.split(' ').map(root).join(' ') === name);
}

/** Of two joins to one table, one may say what the row is and the other whose it is: "his friends" are by the other. */
export const ownersOf = (joins: readonly Join[]): readonly Join[] =>
  joins.filter((join) => {
    const rivals = joins.filter(({ from, to }) => from === join.from && to === join.to);
    return rivals.length !== 2 || rivals.filter(namesItself).length !== 1 || !namesItself(join);
  });
