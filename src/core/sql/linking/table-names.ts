import type { CatalogueIndex } from './index-catalogue.ts';
import { identifier, schemaLine } from './render.ts';

/** A table's name as SQL needs it, without its schema. */
export const tableName = (index: CatalogueIndex, table: number): string => identifier(index.tables[table]?.name ?? '');

/** The schema of a table; empty for a place that no table has. */
export const schemaOf = (index: CatalogueIndex, table: number): string => index.tables[table]?.schema ?? '';

/** The line above a schema's tables; undefined for a schema on the search path, which SQL need not name. */
export const schemaHeading = ({ searchPath }: CatalogueIndex, schema: string): string | undefined =>
  searchPath.includes(schema) ? undefined : schemaLine(schema);

/** A table as it is named from within another: with its schema when that is a different one. */
export const nameFrom = (index: CatalogueIndex, other: number, table: number): string =>
  schemaOf(index, other) === schemaOf(index, table) || index.searchPath.includes(schemaOf(index, table))
    ? tableName(index, table)
    : `${identifier(schemaOf(index, table))}.${tableName(index, table)}`;
