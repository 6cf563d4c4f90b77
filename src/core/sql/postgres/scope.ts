import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';

/** One column as a query sees it. `row`: the columns of a composite value, when it holds a whole row. */
export type ColumnFact = { readonly name: string; readonly hidden?: boolean; readonly row?: Row | undefined };
/** The columns of a relation or composite value, in order. */
export type Row = readonly ColumnFact[];

/** An item of a FROM clause. `schema` is set for a table without an alias, which `schema.table.column` may name. */
export type Relation = {
  readonly alias: string;
  readonly schema?: string | undefined;
  readonly columns: Row;
  /** A query will replace it, which has its name but no schema. */
  readonly shielded?: boolean;
};

/** The names that an expression may use: the relations of its own query level, then those of outer queries. */
export type PostgresScope = {
  readonly parent: PostgresScope | undefined;
  readonly relations: readonly Relation[];
  /** Common table expressions of this level; a thunk, because a recursive one may refer to a later one. */
  readonly ctes: ReadonlyMap<string, () => Row>;
};

/** The scope around the outermost query. */
export const emptyScope: PostgresScope = { parent: undefined, relations: [], ctes: new Map() };

/** The scope of a query inside another, with these relations. */
export const scopeWith = (parent: PostgresScope, relations: readonly Relation[]): PostgresScope => ({
  parent,
  relations,
  ctes: emptyScope.ctes,
});

function* levels(scope: PostgresScope): Generator<PostgresScope> {
  for (let level: PostgresScope | undefined = scope; level !== undefined; level = level.parent) yield level;
}

/** Finds a common table expression, innermost level first. */
export function findCte(scope: PostgresScope, name: string): (() => Row) | undefined {
  for (const level of levels(scope)) {
    const columns = level.ctes.get(name);
    if (columns !== undefined) return columns;
  }
  return undefined;
}

/** The column that an unqualified name means: innermost level first, as PostgreSQL searches. Refuses a hidden one. */
export function findColumn(scope: PostgresScope, name: string, location: object): ColumnFact | undefined {
  for (const level of levels(scope)) {
    const found = level.relations.flatMap((relation) => relation.columns.filter((column) => column.name === name));
    const hidden = found.find((column) => column.hidden);
    if (hidden !== undefined) refuseHidden(name, location);
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/**
 * The relation with this alias, innermost level first. `schema`: it must be a table of that schema without an alias.
 */
export function findRelation(scope: PostgresScope, alias: string, schema?: string): Relation | undefined {
  for (const level of levels(scope)) {
    const found = level.relations.find(
      (relation) => relation.alias === alias && (schema === undefined || relation.schema === schema),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** All columns of a row, for a star or a whole-row value. Refused when one of them is hidden. */
export function wholeRow(columns: Row, what: string, location: object): Row {
  if (columns.some((column) => column.hidden)) {
    const visible = columns.filter((column) => !column.hidden).map((column) => column.name);
    refuse({
      reason: 'hidden_column',
      what,
      message: `${what} includes a column that is hidden here`,
      next: `Name the columns you need: ${visible.join(', ')}.`,
      ...location,
    });
  }
  return columns;
}

/** The column of this name in a row; refuses a hidden or unknown one. */
export function columnOf(columns: Row, name: string, what: string, location: object): ColumnFact {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) return refuseUnknownColumn(what, name, columns, location);
  if (column.hidden) return refuseHidden(what, location);
  return column;
}

/** Refuses the use of a hidden column. `what`: its name as written. */
export function refuseHidden(what: string, location: object): never {
  return refuse({
    reason: 'hidden_column',
    what,
    message: `the column ${what} is hidden here and cannot be read, filtered or sorted by`,
    ...location,
  });
}

/** Refuses a column that does not exist, with the most similar names. */
export function refuseUnknownColumn(what: string, wanted: string, columns: Row, location: object): never {
  const names = columns.filter((column) => !column.hidden).map((column) => column.name);
  return refuse({
    reason: 'unknown_column',
    what,
    message: `there is no column ${what}`,
    next: suggestNames(wanted, names),
    ...location,
  });
}

/** Every column that could be named, for suggestions. */
export function columnsInSight(scope: PostgresScope): Row {
  return [...levels(scope)].flatMap((level) => level.relations.flatMap((relation) => relation.columns));
}
