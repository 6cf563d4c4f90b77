import type { Catalogue, CatalogueTable } from '../../data/catalogue.ts';
import type { SqlPolicy } from '../policy.ts';

/** Columns of a relation in lower case → whether they are hidden. */
export type Columns = ReadonlyMap<string, boolean>;
/** A table that may be read, with its columns. */
export type KnownTable = { readonly schema: string; readonly name: string; readonly columns: Columns };

/** What the engine has in addition to the tables of the catalogue. */
export type OwnRelations = {
  readonly name: string;
  /** `schema.relation`, or `relation` alone → columns; `!` marks one that is hidden. */
  readonly systemRelations: ReadonlyMap<string, readonly string[]>;
  /** Columns every table has without declaring them. */
  readonly implicitColumns: readonly string[];
};

/** The relations that may be read, found by name in any case. */
export type KnownTables = {
  find(path: readonly string[]): KnownTable | undefined;
  /** Of all tables, for suggestions. */
  readonly names: readonly string[];
};

/**
 * Built once for each catalogue, set of hidden columns and dialect: walking hundreds of tables for every statement
 * would take milliseconds.
 */
const indexes = new WeakMap<Catalogue, Map<string, KnownTables>>();

/** The tables that may be read under a policy. */
export function knownTables(catalogue: Catalogue, policy: SqlPolicy, dialect: OwnRelations): KnownTables {
  const byPolicy = indexes.get(catalogue) ?? new Map<string, KnownTables>();
  indexes.set(catalogue, byPolicy);
  const key = JSON.stringify([dialect.name, policy.hiddenColumns]);
  const known = byPolicy.get(key) ?? createKnownTables(catalogue, policy, dialect);
  byPolicy.set(key, known);
  return known;
}

function createKnownTables(catalogue: Catalogue, policy: SqlPolicy, dialect: OwnRelations): KnownTables {
  const exact = new Map<string, KnownTable>();
  const anyCase = new Map<string, KnownTable>();
  const add = (table: KnownTable) => {
    exact.set(`${table.schema}.${table.name}`, table);
    const folded = `${table.schema}.${table.name}`.toLowerCase();
    const other = anyCase.get(folded);
    // For two tables whose names differ only in case, a column hidden in one is hidden in both.
    anyCase.set(
      folded,
      other === undefined ? table : { ...table, columns: mergeColumns(other.columns, table.columns) },
    );
  };
  for (const table of catalogue.tables) add(knownTable(table, policy, dialect));
  for (const [name, columns] of dialect.systemRelations) add(systemTable(name, columns));
  const find = (name: string) => exact.get(name) ?? anyCase.get(name.toLowerCase());
  return {
    find(path) {
      if (path.length === 2) return find(path.join('.'));
      if (path.length !== 1) return undefined;
      const places = ['', ...catalogue.searchPath];
      return places.map((schema) => find(`${schema}.${path[0]}`)).find((table) => table !== undefined);
    },
    names: catalogue.tables.map(({ schema, name }) =>
      catalogue.searchPath.includes(schema) ? name : `${schema}.${name}`,
    ),
  };
}

const mergeColumns = (a: Columns, b: Columns): Columns =>
  new Map([...a, ...b].map(([name]) => [name, a.get(name) === true || b.get(name) === true]));

function knownTable(table: CatalogueTable, policy: SqlPolicy, dialect: OwnRelations): KnownTable {
  const prefix = `${table.schema}.${table.name}.`.toLowerCase();
  const hidden = policy.hiddenColumns
    .map((column) => column.toLowerCase())
    .filter((column) => column.startsWith(prefix))
    .map((column) => column.slice(prefix.length));
  const columns = table.columns.map(({ name }) => name.toLowerCase());
  return {
    schema: table.schema,
    name: table.name,
    // A hidden column that the catalogue leaves out is still in the table, so a star would read it.
    columns: new Map([
      ...columns.map((name) => [name, false] as const),
      ...hidden.map((name) => [name, true] as const),
      ...(table.kind === 'table' ? hiddenKeys(table, hidden, dialect) : []),
    ]),
  };
}

/** `rowid` is the primary key under another name. */
function hiddenKeys(table: CatalogueTable, hidden: readonly string[], dialect: OwnRelations) {
  const isHidden = table.primaryKey.some((name) => hidden.includes(name.toLowerCase()));
  return isHidden ? dialect.implicitColumns.map((name) => [name, true] as const) : [];
}

function systemTable(path: string, columns: readonly string[]): KnownTable {
  const [schema = '', name = ''] = path.includes('.') ? path.split('.') : ['', path];
  return {
    schema,
    name,
    columns: new Map(columns.map((column) => [column.replace('!', ''), column.startsWith('!')])),
  };
}
