import type { ColumnType } from './column-type.ts';

/** One column of a table or view. */
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

/** A foreign key, declared or inferred from names. `columns` and `toColumns` pair up by position. */
export type ForeignKey = {
  readonly columns: readonly string[];
  readonly toSchema: string;
  readonly toTable: string;
  readonly toColumns: readonly string[];
};

/** A table or view that may be queried. */
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
  /**
   * Row-level security of the database on this table. `bypassed`: the login of the product is exempt from it. Left out
   * where there is none.
   */
  readonly rowSecurity?: 'active' | 'bypassed';
};

/** The tables that a data source offers. Everything that may be queried is in here, and nothing else. */
export type Catalogue = {
  readonly dataSource: string;
  /** Schemas looked in when a name has none, in order. */
  readonly searchPath: readonly string[];
  readonly tables: readonly CatalogueTable[];
  /** The database's own functions (not an extension's) that share a name with a built-in one. */
  readonly shadowedFunctions?: readonly string[];
  /** Changes when a table, column, type, comment or key changes: SHA-256, hex. */
  readonly hash: string;
};
