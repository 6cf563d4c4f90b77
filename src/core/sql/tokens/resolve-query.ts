import { didYouMean, suggestNames } from '../nearest-names.ts';
import type { TokenDialect } from './dialect.ts';
import type { Columns, KnownTable, KnownTables } from './known-tables.ts';
import { largestNumber } from './parse-expression.ts';
import type { Arm, Cte, Expression, ExpressionPart, From, FromItem, Name, Query } from './query-tree.ts';
import { refuseAt } from './refuse-at.ts';
import type { ShieldedTable } from './shield-tokens.ts';

/** A relation in a FROM clause. */
type Relation = {
  readonly alias: string;
  readonly schema: string;
  readonly columns: Columns;
  readonly implicit: boolean;
  /** A query will replace it, which has its name but neither a schema nor the engine's implicit columns. */
  readonly shielded?: boolean;
};

/** The names of one query and of those around it, innermost first. */
type Scope = {
  readonly parent: Scope | undefined;
  readonly relations: readonly Relation[];
  readonly ctes: ReadonlyMap<string, Columns>;
};

const emptyScope: Scope = { parent: undefined, relations: [], ctes: new Map() };

/** The longest value that a constant repetition may make. Characters or bytes. */
const maxRepeat = 10_000_000;

type PartOf<K extends ExpressionPart['kind']> = Extract<ExpressionPart, { kind: K }>;

/** What the guard knows of a source. */
export type ResolverOptions = {
  readonly dialect: TokenDialect;
  readonly known: KnownTables;
  /** Functions an admin has approved, lower case. */
  readonly approved: ReadonlySet<string>;
  /** Notes a relation that is read. */
  readonly note: (table: KnownTable) => void;
  /** Whether the table is replaced by a query. */
  readonly isShielded: (table: KnownTable) => boolean;
};

/**
 * Looks up every name of a query. Which of several relations an unqualified name means is up to the engine: a name that
 * is hidden in any relation in sight, at any level, is refused, so that scoping rules cannot expose it.
 */
export class QueryResolver {
  readonly #options: ResolverOptions;
  /** Positions of names in double quotes that are strings. */
  readonly strings = new Set<number>();
  /** Tables and schemas to replace. */
  readonly shielded: { readonly tables: ShieldedTable[]; readonly schemas: Set<number> } = {
    tables: [],
    schemas: new Set(),
  };
  readonly #quoted: ReadonlySet<number>;

  /** `quoted`: positions of names in double quotes. */
  constructor(options: ResolverOptions, quoted: ReadonlySet<number>) {
    this.#options = options;
    this.#quoted = quoted;
  }

  resolve(query: Query): void {
    this.#query(query, emptyScope);
  }

  /** The table a path names; refuses with the nearest names. */
  table(path: readonly Name[]): KnownTable {
    const { known, note } = this.#options;
    const found = known.find(path.map(({ name }) => name));
    if (found !== undefined) {
      note(found);
      return found;
    }
    const what = written(path);
    return refuseAt(path[0]?.position, {
      reason: 'unknown_table',
      what,
      message: `there is no table ${what} that may be read here`,
      next: suggestNames(path.at(-1)?.name ?? '', known.names),
    });
  }

  /** `onFirstArm` gets the columns of the first arm before the others are resolved. */
  #query(query: Query, outer: Scope, outputIgnored = false, onFirstArm?: (columns: Columns) => void): Columns {
    const scope = this.#withCtes(query, outer);
    const arms = query.arms.map((arm, index) => {
      const resolved = this.#arm(arm, scope, outputIgnored);
      if (index === 0) onFirstArm?.(resolved.columns);
      return resolved;
    });
    // ORDER BY sees the output of every arm, and what a single arm reads from.
    const output = relationOf(new Map(arms.flatMap((arm) => [...arm.columns])));
    const inside = arms.length === 1 ? (arms[0]?.scope ?? scope) : scope;
    for (const expression of query.order) this.#expression(expression, nestScope(inside, [output]));
    for (const expression of query.limit?.expressions ?? []) this.#expression(expression, scope);
    return arms[0]?.columns ?? new Map();
  }

  #withCtes(query: Query, outer: Scope): Scope {
    if (query.ctes.length === 0) return outer;
    const ctes = new Map<string, Columns>();
    const scope: Scope = { parent: outer, relations: [], ctes };
    for (const cte of query.ctes) this.#refuseShadow(cte);
    for (const cte of query.ctes) {
      const define = (columns: Columns) => ctes.set(fold(cte.name), renameColumns(columns, cte.columns));
      const seesItself = query.recursive || this.#options.dialect.recursiveByDefault;
      define(this.#query(cte.query, scope, false, seesItself ? define : undefined));
    }
    return scope;
  }

  /** When one name stands for two relations, the guard and the engine could choose different ones. */
  #refuseShadow(cte: Cte): void {
    const table = this.#options.known.find([cte.name.name]);
    if (table === undefined) return;
    const isWhole = ![...table.columns.values()].includes(true) && !this.#options.isShielded(table);
    if (table.schema !== '' && isWhole) return;
    refuseAt(cte.name.position, {
      reason: 'hidden_column',
      what: cte.name.name,
      message: `${cte.name.name} is the name of a table of which not all may be read; call the WITH query something else`,
    });
  }

  #arm(arm: Arm, outer: Scope, outputIgnored: boolean): { readonly columns: Columns; readonly scope: Scope } {
    if (arm.kind === 'query') return { columns: this.#query(arm.query, outer, outputIgnored), scope: outer };
    if (arm.kind === 'values') {
      for (const value of arm.rows.flat()) this.#expression(value, outer);
      return { columns: valuesColumns(arm.rows[0]?.length ?? 0), scope: outer };
    }
    const relations = this.#relations(arm.from, outer);
    const scope = nestScope(outer, relations);
    this.#joins(arm.from, scope);
    const columns = new Map<string, boolean>();
    for (const item of arm.items) {
      const [part] = item.expression;
      if (part?.kind === 'star' && item.expression.length === 1) {
        for (const [name] of outputIgnored ? [] : this.#star(part, relations)) columns.set(name, false);
      } else {
        this.#expression(item.expression, scope);
        columns.set(item.name.toLowerCase(), false);
      }
    }
    const inside = nestScope(scope, [relationOf(columns)]);
    for (const clause of arm.clauses) this.#expression(clause, inside);
    return { columns, scope };
  }

  #relations(from: From, outer: Scope): readonly Relation[] {
    const relations: Relation[] = [];
    for (const item of from.items) {
      const relation = this.#relation(item, nestScope(outer, relations));
      if (relation !== undefined) relations.push(relation);
    }
    return relations;
  }

  /** `scope` holds the items to the left, which functions and LATERAL queries see; it changes nothing for others. */
  #relation({ source, alias, columnAliases }: FromItem, scope: Scope): Relation | undefined {
    const named = (name: string, columns: Columns, more: Partial<Relation> = {}): Relation => ({
      alias: alias === undefined ? name.toLowerCase() : fold(alias),
      schema: '',
      columns: renameColumns(columns, columnAliases),
      implicit: false,
      ...more,
    });
    if (source.kind === 'nothing') return undefined;
    if (source.kind === 'query') return named('', this.#query(source.query, scope));
    const name = source.path.at(-1)?.name ?? '';
    if (source.kind === 'function') return named(name, this.#tableFunction(source, scope));
    const cte = source.path.length === 1 ? findCte(scope, name.toLowerCase()) : undefined;
    if (cte !== undefined) return named(name, cte);
    const table = this.table(source.path);
    if (columnAliases.length > 0) this.#refuseRenaming(columnAliases);
    const shielded = this.#options.isShielded(table);
    if (shielded) this.#shield(source.path, alias, table);
    return named(name, table.columns, {
      implicit: !shielded,
      shielded,
      schema: alias === undefined ? table.schema.toLowerCase() : '',
    });
  }

  #shield(path: readonly Name[], alias: Name | undefined, table: KnownTable): void {
    const name = alias === undefined ? path.at(-1)?.name : undefined;
    this.shielded.tables.push({ position: path[0]?.position ?? 0, parts: path.length, name, table });
  }

  #refuseRenaming(names: readonly Name[]): never {
    return refuseAt(names[0]?.position, {
      reason: 'unknown_syntax',
      what: 'column aliases',
      message: 'the columns of a table cannot be renamed here',
    });
  }

  #tableFunction(source: Extract<FromItem['source'], { kind: 'function' }>, scope: Scope): Columns {
    const { tableFunctions } = this.#options.dialect;
    const name = written(source.path).toLowerCase();
    const columns = tableFunctions.get(name);
    if (columns === undefined) return this.#refuseFunction(source.path, [...tableFunctions.keys()]);
    for (const argument of source.args) this.#expression(argument, scope);
    const made = source.columns.length > 0 ? source.columns : columns;
    return new Map(made.map((column) => [column.toLowerCase(), false]));
  }

  #joins(from: From, scope: Scope): void {
    for (const condition of from.conditions) this.#expression(condition, scope);
    for (const name of from.using) this.#column([name], scope);
    const hides = scope.relations.some(({ columns }) => [...columns.values()].includes(true));
    if (from.natural === undefined || !hides) return;
    refuseAt(from.natural, {
      reason: 'hidden_column',
      what: 'NATURAL JOIN',
      message: 'NATURAL JOIN would compare a column that is hidden here',
      next: 'Name the columns with USING or ON.',
    });
  }

  #expression(expression: Expression, scope: Scope): void {
    for (const part of expression) this.#part(part, scope);
  }

  #part(part: ExpressionPart, scope: Scope): void {
    if (part.kind === 'column') this.#column(part.path, scope);
    else if (part.kind === 'query') this.#query(part.query, scope, part.outputIgnored);
    else if (part.kind === 'call') this.#call(part, scope);
    else if (part.kind === 'star') {
      refuseAt(part.position, { reason: 'syntax', what: '*', message: '* stands for columns and is no value' });
    }
  }

  #star(star: PartOf<'star'>, relations: readonly Relation[]): Columns {
    const meant = star.path.length === 0 ? relations : relations.filter((relation) => isNamed(relation, star.path));
    const what = star.path.length === 0 ? '*' : `${written(star.path)}.*`;
    if (meant.length === 0) {
      refuseAt(star.position, { reason: 'unknown_table', what, message: `${what} stands for no table of this query` });
    }
    this.#withoutSchema(star.path, meant, relations);
    const columns = new Map(meant.flatMap((relation) => [...relation.columns]));
    if ([...columns.values()].includes(true)) {
      const visible = [...columns].filter(([, hidden]) => !hidden).map(([name]) => name);
      refuseAt(star.position, {
        reason: 'hidden_column',
        what,
        message: `${what} includes a column that is hidden here`,
        next: `Name the columns you need: ${visible.join(', ')}.`,
      });
    }
    return columns;
  }

  #column(path: readonly Name[], scope: Scope): void {
    const name = fold(path.at(-1));
    const seen = path.length === 1 ? all(scope) : all(scope).filter((relation) => isNamed(relation, path.slice(0, -1)));
    const facts = seen.map((relation) => this.#fact(relation, name));
    if (facts.includes(true)) this.#refuseHidden(path);
    this.#withoutSchema(path.slice(0, -1), seen, all(scope));
    if (facts.includes(false)) return;
    const [only] = path;
    if (path.length === 1 && only !== undefined && this.#quoted.has(only.position)) {
      this.strings.add(only.position);
      return;
    }
    const names = seen.flatMap(({ columns }) => [...columns].filter(([, hidden]) => !hidden).map(([column]) => column));
    const isTable = path.length > 1 && seen.length === 0;
    refuseAt(path[0]?.position, {
      reason: isTable ? 'unknown_table' : 'unknown_column',
      what: written(path),
      message: `there is no column ${written(path)}`,
      next: suggestNames(name, isTable ? all(scope).flatMap(({ alias }) => (alias === '' ? [] : [alias])) : names),
    });
  }

  /** `schema.table` of a shielded table loses its schema, without which the name has to mean the same. */
  #withoutSchema(path: readonly Name[], meant: readonly Relation[], inSight: readonly Relation[]): void {
    const [schema, table] = path;
    if (schema === undefined || table === undefined || !meant.some(({ shielded }) => shielded)) return;
    if (inSight.filter(({ alias }) => alias === fold(table)).length === 1) this.shielded.schemas.add(schema.position);
    else {
      refuseAt(schema.position, {
        reason: 'unknown_column',
        what: written(path),
        message: `${written(path)} is not the only ${table.name} here; give the table an alias`,
      });
    }
  }

  /** Whether the column is hidden; undefined when the relation has none of this name. */
  #fact(relation: Relation, name: string): boolean | undefined {
    const hidden = relation.columns.get(name);
    if (hidden !== undefined) return hidden;
    return relation.implicit && this.#options.dialect.implicitColumns.includes(name) ? false : undefined;
  }

  #refuseHidden(path: readonly Name[]): never {
    const what = written(path);
    return refuseAt(path[0]?.position, {
      reason: 'hidden_column',
      what,
      message: `the column ${what} is hidden here and cannot be read, filtered or sorted by`,
    });
  }

  #call({ path, args }: PartOf<'call'>, scope: Scope): void {
    const { dialect, approved } = this.#options;
    const name = written(path).toLowerCase();
    const isAllowed = dialect.functions.has(name) || (dialect.bareFunctions.has(name) && args.length === 0);
    if (!isAllowed && !approved.has(name)) this.#refuseFunction(path, [...dialect.functions]);
    const times = largestNumber(args[dialect.repeating.get(name) ?? -1]);
    if (times !== undefined && times > maxRepeat) {
      refuseAt(path[0]?.position, {
        reason: 'resource',
        what: name,
        message: `${name} would make a value of more than ${maxRepeat} characters`,
      });
    }
    for (const argument of args) this.#expression(argument, scope);
  }

  #refuseFunction(path: readonly Name[], names: readonly string[]): never {
    const what = written(path);
    return refuseAt(path[0]?.position, {
      reason: 'function',
      what,
      message: `the function ${what} is not allowed here`,
      next: `${didYouMean(what, names)} An admin can approve further functions.`.trim(),
    });
  }
}

const fold = (name: Name | undefined): string => (name?.name ?? '').toLowerCase();
const written = (path: readonly Name[]): string => path.map(({ name }) => name).join('.');
const nestScope = (parent: Scope, relations: readonly Relation[]): Scope => ({ parent, relations, ctes: new Map() });
const relationOf = (columns: Columns): Relation => ({ alias: '', schema: '', columns, implicit: false });
const all = (scope: Scope | undefined): readonly Relation[] =>
  scope === undefined ? [] : [...scope.relations, ...all(scope.parent)];

const isNamed = (relation: Relation, path: readonly Name[]): boolean => {
  const [table, schema, ...rest] = [...path].reverse().map(fold);
  return relation.alias === table && rest.length === 0 && (schema === undefined || schema === relation.schema);
};

function findCte(scope: Scope | undefined, name: string): Columns | undefined {
  return scope === undefined ? undefined : (scope.ctes.get(name) ?? findCte(scope.parent, name));
}

/** Columns under new names by position. Only queries are renamed, and these have no hidden column. */
const renameColumns = (columns: Columns, names: readonly Name[]): Columns =>
  names.length === 0 ? columns : new Map(names.map((name) => [fold(name), false]));

/** VALUES calls its columns `column1` (SQLite) or `column_0` (MySQL). */
const valuesColumns = (width: number): Columns =>
  new Map(
    Array.from({ length: width }, (_, index) => index).flatMap((index) => [
      [`column${index + 1}`, false],
      [`column_${index}`, false],
    ]),
  );
