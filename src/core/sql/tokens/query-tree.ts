/** What the guard needs to know of a query that is written in tokens: its names, and where they stand. Plain JSON. */

/** A name as it was written; `position` in UTF-16 units. */
export type Name = { readonly name: string; readonly position: number };

/**
 * A part of an expression that matters to the guard. Operators, literals and keywords are left out; the parser has
 * checked that they are known ones.
 */
export type ExpressionPart =
  | { readonly kind: 'column'; readonly path: readonly Name[] }
  | { readonly kind: 'star'; readonly path: readonly Name[]; readonly position: number }
  | { readonly kind: 'call'; readonly path: readonly Name[]; readonly args: readonly Expression[] }
  | { readonly kind: 'query'; readonly query: Query; readonly outputIgnored: boolean }
  | { readonly kind: 'number'; readonly value: number };

/** The parts of an expression that matter to the guard. */
export type Expression = readonly ExpressionPart[];

/** One item of a SELECT list. `name`: its output name. */
export type SelectItem = { readonly expression: Expression; readonly name: string };

/** What an item of FROM reads. */
export type FromSource =
  | { readonly kind: 'table'; readonly path: readonly Name[] }
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'function';
      readonly path: readonly Name[];
      readonly args: readonly Expression[];
      readonly columns: readonly string[];
    }
  | { readonly kind: 'nothing' };

/** One item of FROM, with its aliases. */
export type FromItem = {
  readonly source: FromSource;
  readonly alias: Name | undefined;
  readonly columnAliases: readonly Name[];
};

/** A FROM clause with its joins. */
export type From = {
  readonly items: readonly FromItem[];
  readonly conditions: readonly Expression[];
  readonly using: readonly Name[];
  /** Position of a NATURAL join. */
  readonly natural: number | undefined;
};

/** One query of a set operation. */
export type Arm =
  | {
      readonly kind: 'select';
      readonly items: readonly SelectItem[];
      readonly from: From;
      /** WHERE, GROUP BY, HAVING and WINDOW. */
      readonly clauses: readonly Expression[];
    }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
  | { readonly kind: 'query'; readonly query: Query };

/** One query of a WITH clause. */
export type Cte = { readonly name: Name; readonly columns: readonly Name[]; readonly query: Query };

/** LIMIT: the index of the token that counts, the count when it is one whole number, and what else is computed. */
export type Limit = {
  readonly token: number;
  readonly count: number | undefined;
  readonly expressions: readonly Expression[];
};

/** A query, in the parts that matter to the guard. */
export type Query = {
  readonly ctes: readonly Cte[];
  readonly recursive: boolean;
  readonly arms: readonly Arm[];
  readonly order: readonly Expression[];
  readonly limit: Limit | undefined;
};

/** A statement that may run. `explain`: EXPLAIN came before it. */
export type ParsedStatement =
  | { readonly kind: 'query'; readonly query: Query; readonly explain: boolean }
  /** SHOW TABLES and its like: `table` is the one that is described, `schema` the one whose tables are listed. */
  | { readonly kind: 'describe'; readonly table: readonly Name[] | undefined; readonly schema: Name | undefined };
