import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';

/** One column as a query sees it. `row`: the columns of its composite value, when it holds a whole row. */
export type ColumnFact = { readonly name: string; readonly hidden?: boolean; readonly row?: Row | undefined };
export type Row = readonly ColumnFact[];

/** Something in a FROM clause. `schema` is set for a table without an alias, which `schema.table.column` may name. */
export type Relation = {
  readonly alias: string;
  readonly schema?: string | undefined;
  readonly columns: Row;
  /** A query will stand in its place, which has its name but no schema. */
  readonly shielded?: boolean;
};

/** The names an expression may use: the relations of its own query level, then those of the queries around it. */
export type Scope = {
  readonly parent: Scope | undefined;
  readonly relations: readonly Relation[];
  /** Common table expressions of this level; a thunk, because a recursive one may refer to a later one. */
  readonly ctes: ReadonlyMap<string, () => Row>;
};

export const emptyScope: Scope = { parent: undefined, relations: [], ctes: new Map() };

export const scopeWith = (parent: Scope, relations: readonly Relation[]): Scope => ({
  parent,
  relations,
  ctes: emptyScope.ctes,
});

function* levels(scope: Scope): Generator<Scope> {
  for (let level: Scope | undefined = scope; level !== undefined; level = level.parent) yield level;
}

export function findCte(scope: Scope, name: string): (() => Row) | undefined {
  for (const level of levels(scope)) {
    const columns = level.ctes.get(name);
    if (columns !== undefined) return columns;
  }
  return undefined;
}

/** The column an unqualified name means: innermost level first, as PostgreSQL looks. Refuses a hidden one. */
export function findColumn(scope: Scope, name: string, location: object): ColumnFact | undefined {
  for (const level of levels(scope)) {
    const found = level.relations.flatMap((relation) => relation.columns.filter((column) => column.name === name));
    const hidden = found.find((column) => column.hidden);
    if (hidden !== undefined) refuseHidden(name, location);
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

export function findRelation(scope: Scope, alias: string, schema?: string): Relation | undefined {
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

export function refuseHidden(what: string, location: object): never {
  return refuse({
    reason: 'hidden_column',
    what,
    message: `the column ${what} is hidden here and cannot be read, filtered or sorted by`,
    ...location,
  });
}

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

/** Every column in sight, for "did you mean". */
export function columnsInSight(scope: Scope): Row {
  return [...levels(scope)].flatMap((level) => level.relations.flatMap((relation) => relation.columns));
}
