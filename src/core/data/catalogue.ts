import type { ColumnType } from './column-type.ts';

export type CatalogueColumn = {
  readonly name: string;
  /** As the engine prints it, e.g. `numeric(10,2)`. */
  readonly dataType: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly comment: string | undefined;
  /**
   * Frequent or sample values as text, for linking and for binding values. Empty for hidden columns, mail
   * addresses, phone numbers, and columns with more than a few hundred different values.
   */
  readonly values: readonly string[];
  /** `values` holds every distinct value of the column. */
  readonly valuesComplete: boolean;
};

export type ForeignKey = {
  readonly columns: readonly string[];
  readonly toSchema: string;
  readonly toTable: string;
  readonly toColumns: readonly string[];
};

export type CatalogueTable = {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly comment: string | undefined;
  readonly columns: readonly CatalogueColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** The planner's estimate; undefined when the engine has none. */
  readonly rowEstimate: number | undefined;
  /** The database has row-level security of its own on it: for the login too, or not. Left out where it has none. */
  readonly rowSecurity?: 'active' | 'bypassed';
};

/** What a data source holds. Everything that may be queried is in here, and nothing else. */
export type Catalogue = {
  readonly dataSource: string;
  /** Schemas looked in when a name has none, in order. */
  readonly searchPath: readonly string[];
  readonly tables: readonly CatalogueTable[];
  /** Functions of the database's own (not an extension's) that share a name with one of the engine's. */
  readonly shadowedFunctions?: readonly string[];
  /** Changes when a table, column, type, comment or key changes: SHA-256, hex. */
  readonly hash: string;
};
