import { suggestNames } from '../nearest-names.ts';
import { refuse } from '../refusal.ts';
import type { Columns } from '../tokens/known-tables.ts';

/** A relation that names can refer to. */
export type Relation = {
  /** Lower case; empty for the outputs of the query itself. */
  readonly alias: string;
  readonly schema: string;
  readonly columns: Columns;
  /** It may have columns that are not listed. */
  readonly open: boolean;
  /** A query will replace it, which has its name but no schema. */
  readonly shielded?: boolean;
};

/** What names can refer to in one place: the query's relations and WITH, then those of outer queries. */
export type DuckdbScope = {
  readonly parent: DuckdbScope | undefined;
  readonly relations: readonly Relation[];
  readonly ctes: ReadonlyMap<string, Relation>;
};

/** The scope around the outermost query. */
export const emptyScope: DuckdbScope = { parent: undefined, relations: [], ctes: new Map() };

/** The scope of a query inside another. */
export const nestScope = (parent: DuckdbScope, relations: readonly Relation[]): DuckdbScope => ({
  parent,
  relations,
  ctes: new Map(),
});

/** Adds a relation to the same query; stars then stand for all of them. */
export const addRelation = (scope: DuckdbScope, relation: Relation): DuckdbScope => ({
  ...scope,
  relations: [...scope.relations, relation],
});

/** Every relation that names can refer to, the nearest first. */
export const relationsInSight = (scope: DuckdbScope | undefined): readonly Relation[] =>
  scope === undefined ? [] : [...scope.relations, ...relationsInSight(scope.parent)];

/** Finds a common table expression by its name in lower case. */
export function findCte(scope: DuckdbScope | undefined, name: string): Relation | undefined {
  return scope === undefined ? undefined : (scope.ctes.get(name) ?? findCte(scope.parent, name));
}

/** Whether a column of it may not be read. */
export const hasHiddenColumn = (relation: Relation): boolean => [...relation.columns.values()].includes(true);

/** The rest of a path after the name of the relation; undefined when the path does not name it. */
function afterRelation(path: readonly string[], relation: Relation): readonly string[] | undefined {
  if (relation.alias === '') return undefined;
  if (path[0] === relation.alias) return path.slice(1);
  if (path[1] === relation.alias && path[0] === relation.schema) return path.slice(2);
  if (path[2] === relation.alias && path[1] === relation.schema) return path.slice(3);
  return undefined;
}

/** Refuses a path that may mean a hidden column, or a whole row with one, in any relation in sight. */
export function refuseHidden(path: readonly string[], scope: DuckdbScope, location: object): void {
  for (const relation of relationsInSight(scope)) {
    const rest = afterRelation(path, relation);
    const isWholeRow = rest?.length === 0 && hasHiddenColumn(relation);
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
function isKnown(path: readonly string[], scope: DuckdbScope): boolean {
  return relationsInSight(scope).some((relation) => {
    if (relation.columns.has(path[0] ?? '') || (relation.open && path.length === 1)) return true;
    const rest = afterRelation(path, relation);
    if (rest === undefined) return relation.open && relation.alias === '';
    return rest.length === 0 || relation.open || relation.columns.has(rest[0] ?? '') || rest[0] === 'rowid';
  });
}

/** Refuses a column that nothing in sight has. */
export function requireColumn(path: readonly string[], scope: DuckdbScope, location: object): void {
  if (isKnown(path, scope) || (path[0] === 'rowid' && path.length === 1)) return;
  const names = relationsInSight(scope).flatMap(({ columns }) =>
    [...columns].filter(([, hidden]) => !hidden).map(([name]) => name),
  );
  refuse({
    reason: 'unknown_column',
    what: path.join('.'),
    message: `there is no column ${path.join('.')}`,
    next: suggestNames(path.at(-1) ?? '', names),
    ...location,
  });
}

/** Makes a relation. `open`: it may have columns that are not listed. */
export const relationOf = (alias: string, columns: Columns, open = false): Relation => ({
  alias,
  schema: '',
  columns,
  open,
});

/** Its columns without the hidden ones. */
export const visibleColumns = (relation: Relation): Columns =>
  new Map([...relation.columns].filter(([, hidden]) => !hidden));

/** The columns of several relations as one without a name. */
export const mergeRelations = (relations: readonly Relation[]): Relation =>
  relationOf(
    '',
    new Map(relations.flatMap(({ columns }) => [...columns])),
    relations.some(({ open }) => open),
  );

/** Renames columns by position; those beyond the new names keep their own. */
export function renameColumns(relation: Relation, names: readonly string[]): Relation {
  if (names.length === 0) return relation;
  const kept = [...relation.columns].slice(names.length);
  return { ...relation, columns: new Map([...names.map((name) => [name.toLowerCase(), false] as const), ...kept]) };
}
