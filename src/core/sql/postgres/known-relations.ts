import type { Catalogue, CatalogueTable } from '../../data/catalogue.ts';
import { suggestNames } from '../nearest-names.ts';
import type { SqlPolicy } from '../policy.ts';
import { refuse } from '../refusal.ts';
import type { Row } from './scope.ts';
import { systemRelations } from './system-relations.ts';

/** A relation that may be read, with its columns. */
export type KnownRelation = { readonly schema: string; readonly name: string; readonly columns: Row };

/** Finds relations of the catalogue and of PostgreSQL's own, by name, as the search path would. */
export type KnownRelations = {
  find(schema: string, name: string): KnownRelation | undefined;
  /** Types of the catalogue's columns beyond the built-in ones, without modifiers: enums and those of extensions. */
  readonly columnTypes: ReadonlySet<string>;
  /** Of all tables, for suggestions. */
  names(): readonly string[];
};

type Index = { readonly tables: ReadonlyMap<string, KnownRelation>; readonly columnTypes: ReadonlySet<string> };

/**
 * Built once for each catalogue and set of hidden columns: walking hundreds of tables for every statement would take
 * milliseconds.
 */
const indexes = new WeakMap<Catalogue, Map<string, Index>>();

/** The relations that may be read under a policy. */
export function knownRelations(catalogue: Catalogue, policy: SqlPolicy): KnownRelations {
  const { tables, columnTypes } = indexOf(catalogue, policy);
  const find = (schema: string, name: string) => {
    if (schema !== '') return tables.get(`${schema}.${name}`) ?? systemRelation(schema, name);
    // pg_catalog comes before the search path, whatever the path says.
    if (name.startsWith('pg_')) return systemRelation('pg_catalog', name);
    for (const candidate of catalogue.searchPath) {
      const table = tables.get(`${candidate}.${name}`);
      if (table !== undefined) return table;
    }
    return undefined;
  };
  return { find, columnTypes, names: () => [...tables.values()].map((table) => shortName(catalogue, table)) };
}

const shortName = (catalogue: Catalogue, table: { schema: string; name: string }): string =>
  catalogue.searchPath.includes(table.schema) ? table.name : `${table.schema}.${table.name}`;

function indexOf(catalogue: Catalogue, policy: SqlPolicy): Index {
  const byHidden = indexes.get(catalogue) ?? new Map<string, Index>();
  indexes.set(catalogue, byHidden);
  const key = JSON.stringify(policy.hiddenColumns);
  const known = byHidden.get(key) ?? createIndex(catalogue, policy);
  byHidden.set(key, known);
  return known;
}

function createIndex(catalogue: Catalogue, policy: SqlPolicy): Index {
  const types = catalogue.tables.flatMap((table) => table.columns.map((column) => column.dataType));
  return {
    tables: new Map(catalogue.tables.map((table) => [`${table.schema}.${table.name}`, tableRelation(table, policy)])),
    columnTypes: new Set(types.map((type) => type.replace(/\(.*\)|\[\]/g, '').replaceAll('"', ''))),
  };
}

function tableRelation(table: CatalogueTable, policy: SqlPolicy): KnownRelation {
  const prefix = `${table.schema}.${table.name}.`;
  const hidden = new Set(
    policy.hiddenColumns.filter((column) => column.startsWith(prefix)).map((column) => column.slice(prefix.length)),
  );
  const columns = table.columns.map(({ name }) => ({ name, hidden: hidden.has(name) }));
  // A hidden column that the catalogue leaves out is still in the table, so a star would read it.
  const unlisted = [...hidden].filter((name) => !columns.some((column) => column.name === name));
  return {
    schema: table.schema,
    name: table.name,
    columns: [...columns, ...unlisted.map((name) => ({ name, hidden: true }))],
  };
}

function systemRelation(schema: string, name: string): KnownRelation | undefined {
  const columns = systemRelations.get(`${schema}.${name}`);
  return columns && { schema, name, columns };
}

/** Finds a relation, or refuses with the most similar names. */
export function requireRelation(known: KnownRelations, schema: string, name: string, location: object): KnownRelation {
  const found = known.find(schema, name);
  if (found !== undefined) return found;
  const what = schema === '' ? name : `${schema}.${name}`;
  return refuse({
    reason: 'unknown_table',
    what,
    message: `there is no table ${what} that may be read here`,
    next: suggestNames(name, known.names()),
    ...location,
  });
}

/** Finds the relation that a text names, as `'public.orders'::regclass` reads it. */
export function requireNamedRelation(known: KnownRelations, text: string, location: object): KnownRelation {
  const parts = [...text.matchAll(/"((?:[^"]|"")*)"|([^."\s]+)/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? (match[2] ?? '').toLowerCase(),
  );
  const name = parts.at(-1) ?? '';
  return requireRelation(known, parts.length > 1 ? parts.slice(0, -1).join('.') : '', name, location);
}
