import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import type { Columns } from '../tokens/known-tables.ts';

/** A relation in sight. */
export type Relation = {
  /** Lower case; empty for the outputs of the query itself. */
  readonly alias: string;
  readonly schema: string;
  readonly columns: Columns;
  /** It may have columns that are not listed. */
  readonly open: boolean;
  /** A query will stand in its place, which has its name but no schema. */
  readonly shielded?: boolean;
};

/** What can be named in one place: a query's relations and WITH, then those of the queries around it. */
export type Scope = {
  readonly parent: Scope | undefined;
  readonly relations: readonly Relation[];
  readonly ctes: ReadonlyMap<string, Relation>;
};

/** Around the outermost query. */
export const emptyScope: Scope = { parent: undefined, relations: [], ctes: new Map() };

/** A query inside another. */
export const within = (parent: Scope, relations: readonly Relation[]): Scope => ({
  parent,
  relations,
  ctes: new Map(),
});

/** With one relation more in the same query: its stars stand for it and for all that were there before. */
export const beside = (scope: Scope, relation: Relation): Scope => ({
  ...scope,
  relations: [...scope.relations, relation],
});

/** Every relation in sight, the nearest first. */
export const all = (scope: Scope | undefined): readonly Relation[] =>
  scope === undefined ? [] : [...scope.relations, ...all(scope.parent)];

/** By its name in lower case. */
export function findCte(scope: Scope | undefined, name: string): Relation | undefined {
  return scope === undefined ? undefined : (scope.ctes.get(name) ?? findCte(scope.parent, name));
}

/** It has a column that may not be read. */
export const hides = (relation: Relation): boolean => [...relation.columns.values()].includes(true);

/** What is left of a path after the name of the relation; undefined when it does not name it. */
function afterRelation(path: readonly string[], relation: Relation): readonly string[] | undefined {
  if (relation.alias === '') return undefined;
  if (path[0] === relation.alias) return path.slice(1);
  if (path[1] === relation.alias && path[0] === relation.schema) return path.slice(2);
  if (path[2] === relation.alias && path[1] === relation.schema) return path.slice(3);
  return undefined;
}

/** Refuses a path that may mean a hidden column, or a whole row that has one, in any relation in sight. */
export function refuseHidden(path: readonly string[], scope: Scope, location: object): void {
  for (const relation of all(scope)) {
    const rest = afterRelation(path, relation);
    const isWholeRow = rest?.length === 0 && hides(relation);
    const isHidden = relation.columns.get(path[0] ?? '') === true || relation.columns.get(rest?.[0] ?? '') === true;
    if (!isHidden && !isWholeRow) continue;
    const what = path.join('.');
    refuse({
      reason: 'hidden_column',
      what,
      message: isWholeRow
        ? `${what} is a whole row with a column that is hidden here`
        : `the column ${what} is hidden here and cannot be read, filtered or sorted by`,
      ...location,
    });
  }
}

/** Whether something in sight has this name: a column, a field of one, or a relation. */
function isKnown(path: readonly string[], scope: Scope): boolean {
  return all(scope).some((relation) => {
    if (relation.columns.has(path[0] ?? '') || (relation.open && path.length === 1)) return true;
    const rest = afterRelation(path, relation);
    if (rest === undefined) return relation.open && relation.alias === '';
    return rest.length === 0 || relation.open || relation.columns.has(rest[0] ?? '') || rest[0] === 'rowid';
  });
}

/** Refuses a column that nothing in sight has. */
export function requireColumn(path: readonly string[], scope: Scope, location: object): void {
  if (isKnown(path, scope) || (path[0] === 'rowid' && path.length === 1)) return;
  const names = all(scope).flatMap(({ columns }) => [...columns].filter(([, hidden]) => !hidden).map(([name]) => name));
  refuse({
    reason: 'unknown_column',
    what: path.join('.'),
    message: `there is no column ${path.join('.')}`,
    next: suggestNames(path.at(-1) ?? '', names),
    ...location,
  });
}

/** `open`: it may have columns that are not listed. */
export const relationOf = (alias: string, columns: Columns, open = false): Relation => ({
  alias,
  schema: '',
  columns,
  open,
});

/** Its columns but the hidden ones. */
export const visible = (relation: Relation): Columns => new Map([...relation.columns].filter(([, hidden]) => !hidden));

/** The columns of several as one relation without a name. */
export const merged = (relations: readonly Relation[]): Relation =>
  relationOf(
    '',
    new Map(relations.flatMap(({ columns }) => [...columns])),
    relations.some(({ open }) => open),
  );

/** Columns under new names by position; those beyond the new names keep their own. */
export function renamed(relation: Relation, names: readonly string[]): Relation {
  if (names.length === 0) return relation;
  const kept = [...relation.columns].slice(names.length);
  return { ...relation, columns: new Map([...names.map((name) => [name.toLowerCase(), false] as const), ...kept]) };
}
