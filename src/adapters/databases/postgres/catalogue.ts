import type { Catalogue, CatalogueColumn, CatalogueTable, ForeignKey } from '../../../core/data/catalogue.ts';
import type { CatalogueProgress } from '../../../core/data/database.ts';
import { hashCatalogue } from '../hash-catalogue.ts';
import { inferKeys } from '../infer-keys.ts';
import { columnTypeOf } from './types.ts';
import { type RunQuery, readValues } from './values.ts';

/**
 * Tables, views, materialised views, foreign tables and partitioned tables (without their partitions) that this role
 * may read, in every schema except the system's. A domain is shown as its base type.
 */
const tablesQuery = `
  SELECT c.oid::int8 AS oid, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind,
         obj_description(c.oid, 'pg_class') AS comment,
         CASE WHEN c.relkind = 'p'
              THEN (SELECT sum(greatest(leaf.reltuples, 0)) FROM pg_partition_tree(c.oid) AS tree
                    JOIN pg_class AS leaf ON leaf.oid = tree.relid WHERE tree.isleaf)
              ELSE c.reltuples END::float8 AS rows,
         CASE WHEN c.relrowsecurity THEN CASE WHEN row_security_active(c.oid) THEN 'active' ELSE 'bypassed' END END AS row_security
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
    AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY n.nspname, c.relname`;

const columnsQuery = `
  SELECT a.attrelid::int8 AS oid, a.attname AS name, NOT a.attnotnull AS nullable, col_description(a.attrelid, a.attnum) AS comment,
         CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) ELSE format_type(a.atttypid, a.atttypmod) END AS type,
         CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE a.atttypid END::int8 AS type_oid,
         t.typtype = 'e' AS is_enum,
         has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable
  FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
  WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid, a.attnum`;

const keysQuery = `
  SELECT k.conrelid::int8 AS oid, k.contype::text AS kind, n.nspname AS to_schema, f.relname AS to_table,
         ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS p(num, place)
               JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.num ORDER BY p.place) AS columns,
         ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS p(num, place)
               JOIN pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = p.num ORDER BY p.place) AS to_columns
  FROM pg_constraint AS k LEFT JOIN pg_class AS f ON f.oid = k.confrelid LEFT JOIN pg_namespace AS n ON n.oid = f.relnamespace
  WHERE k.contype IN ('p', 'f') AND k.conrelid = ANY ($1::oid[]) AND k.conparentid = 0
  ORDER BY k.conrelid, k.conname`;

const pathQuery = `SELECT schema FROM unnest(current_schemas(false)) WITH ORDINALITY AS s(schema, place) ORDER BY place`;

/** User-defined functions that an unqualified call of a built-in one could reach. */
const shadowedQuery = `
  SELECT DISTINCT p.proname AS name FROM pg_proc AS p
  WHERE p.pronamespace <> 'pg_catalog'::regnamespace AND pg_function_is_visible(p.oid)
    AND EXISTS (SELECT 1 FROM pg_proc AS b WHERE b.pronamespace = 'pg_catalog'::regnamespace AND b.proname = p.proname)
    AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  ORDER BY 1`;

type TableRow = {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  comment: string | null;
  rows: number | null;
  row_security: 'active' | 'bypassed' | null;
};
type ColumnRow = {
  oid: number;
  name: string;
  nullable: boolean;
  comment: string | null;
  type: string;
  type_oid: number;
  is_enum: boolean;
  readable: boolean;
};
type KeyRow = {
  oid: number;
  kind: string;
  to_schema: string;
  to_table: string;
  columns: readonly string[];
  to_columns: readonly string[];
};

/** Reads the catalogue of a PostgreSQL, server or embedded. Throws the engine's own errors. */
export async function readCatalogue(
  dataSource: string,
  run: RunQuery,
  progress?: CatalogueProgress,
): Promise<Catalogue> {
  const tables = (await run(tablesQuery)) as unknown as TableRow[];
  const oids = tables.map(({ oid }) => Number(oid));
  const columns = groupByTable((await run(columnsQuery, [oids])) as unknown as ColumnRow[]);
  const keys = groupByTable((await run(keysQuery, [oids])) as unknown as KeyRow[]);
  const path = (await run(pathQuery)).map(({ schema }) => String(schema));
  const shadowed = (await run(shadowedQuery)).map(({ name }) => String(name));
  const known = inferKeys(
    tables.map((table) => toTable(table, columns.get(Number(table.oid)) ?? [], keys.get(Number(table.oid)) ?? [])),
  );
  return {
    dataSource,
    searchPath: path,
    tables: await readValues(known, run, progress),
    shadowedFunctions: shadowed,
    hash: hashCatalogue(path, known),
  };
}

function groupByTable<T extends { oid: number }>(rows: readonly T[]): ReadonlyMap<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(Number(row.oid));
    if (group === undefined) groups.set(Number(row.oid), [row]);
    else group.push(row);
  }
  return groups;
}

function toTable(table: TableRow, columns: readonly ColumnRow[], keys: readonly KeyRow[]): CatalogueTable {
  // A view has no rows of its own, and -1 means that the table was never analysed.
  const rows = table.kind === 'v' || table.rows === null || table.rows < 0 ? undefined : Math.round(table.rows);
  return {
    schema: table.schema,
    name: table.name,
    kind: table.kind === 'v' || table.kind === 'm' ? 'view' : 'table',
    comment: table.comment ?? undefined,
    columns: columns.filter(({ readable }) => readable).map(toColumn),
    primaryKey: keys.find(({ kind }) => kind === 'p')?.columns ?? [],
    foreignKeys: keys.filter(({ kind }) => kind === 'f').map(toForeignKey),
    rowEstimate: rows,
    ...(table.row_security === null ? {} : { rowSecurity: table.row_security }),
  };
}

const toColumn = (column: ColumnRow): CatalogueColumn => ({
  name: column.name,
  dataType: column.type,
  type: columnTypeOf(Number(column.type_oid)),
  nullable: column.nullable,
  comment: column.comment ?? undefined,
  values: [],
  valuesComplete: false,
});

const toForeignKey = (key: KeyRow): ForeignKey => ({
  columns: key.columns,
  toSchema: key.to_schema,
  toTable: key.to_table,
  toColumns: key.to_columns,
});
