/** What the guard needs to know of a query that is written in tokens: its names, and where they stand. Plain JSON. */

/** A name as it was written; `position` in UTF-16 units. */
export type Name = { readonly name: string; readonly position: number };

/**
 * A part of an expression that means something to the guard. Operators, literals and keywords are left out: the parser
 * has found them to be known ones.
 */
export type Part =
  | { readonly kind: 'column'; readonly path: readonly Name[] }
  | { readonly kind: 'star'; readonly path: readonly Name[]; readonly position: number }
  | { readonly kind: 'call'; readonly path: readonly Name[]; readonly args: readonly Expression[] }
  | { readonly kind: 'query'; readonly query: Query; readonly outputIgnored: boolean }
  | { readonly kind: 'number'; readonly value: number };

export type Expression = readonly Part[];

export type Item = { readonly expression: Expression; readonly name: string };

export type Source =
  | { readonly kind: 'table'; readonly path: readonly Name[] }
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'function';
      readonly path: readonly Name[];
      readonly args: readonly Expression[];
      readonly columns: readonly string[];
    }
  | { readonly kind: 'nothing' };

export type FromItem = {
  readonly source: Source;
  readonly alias: Name | undefined;
  readonly columnAliases: readonly Name[];
};

export type From = {
  readonly items: readonly FromItem[];
  readonly conditions: readonly Expression[];
  readonly using: readonly Name[];
  /** Where a NATURAL join stands. */
  readonly natural: number | undefined;
};

export type Arm =
  | {
      readonly kind: 'select';
      readonly items: readonly Item[];
      readonly from: From;
      /** WHERE, GROUP BY, HAVING and WINDOW. */
      readonly clauses: readonly Expression[];
    }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'query'; readonly query: Query };

export type Cte = { readonly name: Name; readonly columns: readonly Name[]; readonly query: Query };

/** LIMIT: the index of the token that counts, the count when it is one whole number, and what else is computed. */
export type Limit = {
  readonly token: number;
  readonly count: number | undefined;
  readonly expressions: readonly Expression[];
};

export type Query = {
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly arms: readonly Arm[];
  readonly order: readonly Expression[];
  readonly limit: Limit | undefined;
};

export type Statement =
  | { readonly kind: 'query'; readonly query: Query; readonly explain: boolean }
  /** SHOW TABLES and its like: `table` is the one that is described, `schema` the one whose tables are listed. */
  | { readonly kind: 'describe'; readonly table: readonly Name[] | undefined; readonly schema: Name | undefined };
