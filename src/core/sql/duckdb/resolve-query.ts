import { didYouMean, suggestNames } from '../postgres/nearest-names.ts';
import { type RefusalReason, refuse } from '../postgres/refusal.ts';
import type { Columns, KnownTable, KnownTables } from '../tokens/known-tables.ts';
import { functions, repeating, tableFunctions, valueNames } from './builtins.ts';
import {
  all,
  beside,
  emptyScope,
  findCte,
  hides,
  type Relation,
  refuseHidden,
  requireColumn,
  type Scope,
  within,
} from './scope.ts';
import {
  computedConstant,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  locationOf,
  nodeOf,
  textOf,
  textsOf,
} from './tree.ts';

/** Levels of nodes in one statement; beyond it the walk could exhaust the stack. */
const maxDepth = 1_500;
/** Characters one value may be blown up to by a constant. */
const maxRepeat = 10_000_000;

/** Classes of expressions that only combine what is below them. */
const plainClasses: ReadonlySet<string> = new Set(
  'BETWEEN CASE CAST COLLATE COMPARISON CONJUNCTION CONSTANT OPERATOR TYPE WINDOW'.split(' '),
);
const shownLists: ReadonlySet<string> = new Set(['"databases"', '"schemas"', '"tables"', '__show_tables_expanded']);
const queryTypes: ReadonlySet<string> = new Set([
  'SELECT_NODE',
  'SET_OPERATION_NODE',
  'RECURSIVE_CTE_NODE',
  'CTE_NODE',
]);

export type ResolverOptions = {
  readonly known: KnownTables;
  /** Functions an admin has approved, lower case. */
  readonly approved: ReadonlySet<string>;
  /** Functions of the database's own that share a name with one of the engine's. */
  readonly shadowed: ReadonlySet<string>;
  readonly note: (table: KnownTable) => void;
  /** Whether something else is read in the table's place. */
  readonly isShielded: (table: KnownTable) => boolean;
  /** The query that stands in a table's place, when this is one. */
  readonly shieldIn: (query: Fields) => KnownTable | undefined;
};

/** A table in FROM in whose place something else is to be read. */
export type ShieldedTable = { readonly item: Fields; readonly table: KnownTable };

/**
 * Looks up every name of a query in DuckDB's own tree. A name that is hidden in any relation in sight, at any level, is
 * refused, so no subtlety of scoping can bring it out. Unknown nodes are refused.
 */
export class QueryResolver {
  readonly #options: ResolverOptions;
  readonly shielded: ShieldedTable[] = [];
  /** Columns and stars of such a table that are written with its schema. */
  readonly schemas: Fields[] = [];
  #depth = 0;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  resolve(query: Fields): void {
    this.#query(query, emptyScope);
  }

  /** Resolves a query; returns its output as a relation without a name. */
  #query(query: Fields, outer: Scope): Relation {
    return this.#deeper(() => {
      const scope = this.#withCtes(query, outer);
      switch (query.type) {
        case 'SELECT_NODE':
          return this.#select(query, scope);
        case 'SET_OPERATION_NODE':
          return this.#setOperation(query, scope);
        case 'RECURSIVE_CTE_NODE':
          return this.#recursive(query, scope);
        default:
          return refuseUnknown(query);
      }
    });
  }

  #withCtes(query: Fields, outer: Scope): Scope {
    const entries = listOf(fieldsOf(query.cte_map).map).map(fieldsOf);
    if (entries.length === 0) return outer;
    const ctes = new Map<string, Relation>();
    const scope: Scope = { parent: outer, relations: [], ctes };
    for (const { key, value } of entries) {
      const name = textOf(key).toLowerCase();
      this.#refuseShadow(name);
      const cte = fieldsOf(value);
      const made = renamed(this.#query(nodeOf(cte.query), scope), textsOf(cte.aliases));
      ctes.set(name, made);
      // `USING KEY (…)` names columns of its own.
      this.#children({ ...cte, query: undefined }, within(scope, [made]));
    }
    return scope;
  }

  /** Where one name stands for two relations, the guard and the engine could take different ones. */
  #refuseShadow(name: string): void {
    const table = this.#options.known.find([name]);
    if (table === undefined) return;
    if (!hides(relationOf(name, table.columns)) && !this.#options.isShielded(table)) return;
    refuse({
      reason: 'hidden_column',
      what: name,
      message: `${name} is the name of a table of which not all may be read; call the WITH query something else`,
    });
  }

  #setOperation(query: Fields, scope: Scope): Relation {
    const arms = [query.left, query.right, ...listOf(query.children)].filter(isFields);
    const outputs = arms.map((arm) => this.#query(arm, scope));
    const output = merged(outputs);
    this.#children(query.modifiers, within(scope, [output]));
    return output;
  }

  #recursive(query: Fields, scope: Scope): Relation {
    const first = renamed(this.#query(fieldsOf(query.left), scope), textsOf(query.aliases));
    const ctes = new Map([[textOf(query.cte_name).toLowerCase(), first]]);
    this.#query(fieldsOf(query.right), { parent: scope, relations: [], ctes });
    this.#children(query.modifiers, within(scope, [first]));
    return first;
  }

  #select(query: Fields, outer: Scope): Relation {
    const relations: Relation[] = [];
    this.#from(fieldsOf(query.from_table), outer, relations);
    const items = listOf(query.select_list).map(fieldsOf);
    // DuckDB lets every clause, and later items too, refer to an item by its alias.
    const aliases = new Map(
      items.flatMap(({ alias }) => (textOf(alias) === '' ? [] : [[textOf(alias).toLowerCase(), false]])),
    );
    const scope = within(outer, [...relations, relationOf('', aliases)]);
    for (const item of items) this.#expression(item, scope);
    const output = this.#output(items, relations);
    const { type: _, cte_map: __, select_list: ___, from_table: ____, modifiers, ...clauses } = query;
    this.#children([clauses, withoutOrderByAll(modifiers)], beside(scope, output));
    return output;
  }

  #output(items: readonly Fields[], relations: readonly Relation[]): Relation {
    const outputs = items.map((item): Relation => {
      if (item.class === 'STAR')
        return merged(relations.map((relation) => ({ ...relation, columns: visible(relation) })));
      const name = textOf(item.alias) || textsOf(item.column_names).at(-1) || '';
      // Other items are named after their own text.
      return name === '' ? relationOf('', new Map(), true) : relationOf('', new Map([[name.toLowerCase(), false]]));
    });
    return merged(outputs);
  }

  #from(item: Fields, outer: Scope, relations: Relation[]): void {
    this.#deeper(() => {
      const alias = textOf(item.alias).toLowerCase();
      const lateral = within(outer, relations);
      const add = (relation: Relation) => relations.push({ ...relation, alias: alias || relation.alias });
      this.#children(item.sample, lateral);
      switch (item.type) {
        case 'EMPTY':
          return;
        case 'BASE_TABLE':
          return void add(this.#table(item, lateral));
        case 'SUBQUERY':
          return void add(renamed(this.#subquery(nodeOf(item.subquery), lateral), textsOf(item.column_name_alias)));
        case 'JOIN':
          return this.#join(item, outer, relations);
        case 'TABLE_FUNCTION':
          return void add(this.#tableFunction(item, lateral));
        case 'EXPRESSION_LIST':
          this.#children(item.values, lateral);
          return void add(relationOf('', new Map(), true));
        case 'PIVOT':
          return void add(this.#pivot(item, outer));
        case 'SHOW_REF':
          return void add(this.#show(item, outer));
        default:
          return refuseUnknown(item);
      }
    });
  }

  /** What stands in the place of a table was not written by the person, and is known. */
  #subquery(query: Fields, scope: Scope): Relation {
    const table = this.#options.shieldIn(query);
    if (table === undefined) return this.#query(query, scope);
    this.#options.note(table);
    return relationOf('', table.columns);
  }

  #table(item: Fields, scope: Scope): Relation {
    const name = textOf(item.table_name);
    const schema = textOf(item.schema_name);
    const path = [textOf(item.catalog_name), schema, name].filter(Boolean);
    const cte = path.length === 1 ? findCte(scope, name.toLowerCase()) : undefined;
    const renames = textsOf(item.column_name_alias);
    if (cte !== undefined) return { ...renamed(cte, renames), alias: name.toLowerCase() };
    if (isFields(item.at_clause)) refuseUnknown(item);
    const table = path.length <= 2 ? this.#options.known.find(path) : undefined;
    if (table === undefined) return this.#refuseTable(path, item);
    this.#options.note(table);
    const shielded = this.#options.isShielded(table);
    if (shielded) this.shielded.push({ item, table });
    const relation = { ...relationOf(name.toLowerCase(), table.columns), schema: table.schema.toLowerCase(), shielded };
    if (renames.length > 0 && hides(relation)) this.#refuseWhole(relation, item);
    return renamed(relation, renames);
  }

  #refuseTable(path: readonly string[], item: Fields): never {
    const what = path.join('.');
    return refuse({
      reason: 'unknown_table',
      what,
      message: `there is no table ${what} that may be read here`,
      next: suggestNames(path.at(-1) ?? '', this.#options.known.names),
      ...locationOf(item),
    });
  }

  #join(item: Fields, outer: Scope, relations: Relation[]): void {
    const own: Relation[] = [...relations];
    this.#from(fieldsOf(item.left), outer, own);
    this.#from(fieldsOf(item.right), outer, own);
    const added = own.slice(relations.length);
    if (item.ref_type === 'NATURAL')
      for (const relation of added) if (hides(relation)) this.#refuseWhole(relation, item);
    const scope = within(outer, own);
    for (const name of textsOf(item.using_columns)) this.#column([name], scope, item);
    this.#expression(item.condition, scope);
    relations.push(...added);
  }

  #tableFunction(item: Fields, scope: Scope): Relation {
    const call = fieldsOf(item.function);
    const name = textOf(call.function_name).toLowerCase();
    if (textOf(call.schema) !== '' || textOf(call.catalog) !== '' || !tableFunctions.has(name)) {
      this.#refuseFunction(call, tableFunctions);
    }
    this.#children(call.children, scope);
    return renamed(relationOf(name, new Map(), true), textsOf(item.column_name_alias));
  }

  /** PIVOT and UNPIVOT group by every column they do not name. */
  #pivot(item: Fields, outer: Scope): Relation {
    const relations: Relation[] = [];
    this.#from(fieldsOf(item.source), outer, relations);
    for (const relation of relations) if (hides(relation)) this.#refuseWhole(relation, item);
    const { source: _, ...rest } = item;
    this.#children(rest, within(outer, relations));
    return relationOf('', new Map(), true);
  }

  #show(item: Fields, outer: Scope): Relation {
    if (isFields(item.query) && item.show_type === 'DESCRIBE' && isWholeTable(item.query))
      // Names and types: nothing of a hidden column is read.
      this.#query({ ...item.query, select_list: [] }, outer);
    else if (isFields(item.query) && (item.show_type === 'DESCRIBE' || item.show_type === 'SUMMARY'))
      this.#query(item.query, outer);
    else if (item.show_type !== 'SHOW_UNQUALIFIED' || !shownLists.has(textOf(item.table_name))) refuseUnknown(item);
    return relationOf('', new Map(), true);
  }

  /** Everything below a part that has no meaning of its own. */
  #children(value: unknown, scope: Scope): void {
    this.#deeper(() => {
      if (Array.isArray(value)) for (const item of value) this.#children(item, scope);
      if (!isFields(value)) return;
      if (typeof value.class === 'string') this.#expression(value, scope);
      else if (queryTypes.has(textOf(value.type))) this.#query(value, scope);
      else for (const item of Object.values(value)) this.#children(item, scope);
    });
  }

  #expression(value: unknown, scope: Scope): void {
    if (!isFields(value)) return;
    const { class: kind, ...rest } = value;
    if (kind === 'COLUMN_REF') this.#column(textsOf(value.column_names), scope, value);
    else if (kind === 'STAR') this.#star(value, scope);
    else if (kind === 'FUNCTION') this.#function(value, scope);
    else if (kind === 'LAMBDA') this.#lambda(value, scope);
    else if (kind === 'SUBQUERY') {
      this.#query(nodeOf(value.subquery), scope);
      this.#expression(value.child, scope);
    } else if (kind === 'POSITIONAL_REFERENCE') {
      for (const relation of all(scope)) if (hides(relation)) this.#refuseWhole(relation, value);
    } else if (kind === 'PARAMETER') refuseParameter(value);
    else if (!plainClasses.has(textOf(kind))) refuseUnknown(value);
    else {
      const isCall = kind === 'WINDOW';
      if (isCall && !functions.has(textOf(value.function_name).toLowerCase())) this.#refuseFunction(value, functions);
      this.#children(rest, scope);
    }
  }

  #column(path: readonly string[], scope: Scope, node: Fields): void {
    const folded = path.map((name) => name.toLowerCase());
    refuseHidden(folded, scope, locationOf(node));
    const [schema, table] = folded;
    const inSight = all(scope).filter(({ alias }) => alias === table);
    const isQualified = inSight.some((relation) => relation.shielded === true && relation.schema === schema);
    if (isQualified && inSight.length === 1) this.schemas.push(node);
    if (folded.length === 1 && valueNames.has(folded[0] ?? '')) return;
    requireColumn(folded, scope, locationOf(node));
  }

  /** `*`, `t.*`, `* EXCLUDE (…)` and `COLUMNS(…)`. */
  #star(star: Fields, scope: Scope): void {
    const table = textOf(star.relation_name).toLowerCase();
    const excluded = new Set(textsOf(star.exclude_list).map((name) => name.toLowerCase()));
    // COLUMNS may be given any test, and a test cannot be looked through.
    const isPlain = star.columns !== true;
    // `t.*` may be that of a query around; a star alone is this query's own.
    for (const relation of table === '' ? scope.relations : all(scope)) {
      if (table !== '' && relation.alias !== table) continue;
      const shown = [...relation.columns].some(([name, hidden]) => hidden && !(isPlain && excluded.has(name)));
      if (shown) this.#refuseWhole(relation, star);
    }
    const { class: _, exclude_list: __, ...rest } = star;
    this.#children(rest, scope);
  }

  #refuseWhole(relation: Relation, node: Fields): never {
    return refuse({
      reason: 'hidden_column',
      what: relation.alias || '*',
      message: `${relation.alias || 'the table'} has a column that is hidden here`,
      next: `Name the columns you need: ${[...visible(relation).keys()].join(', ')}.`,
      ...locationOf(node),
    });
  }

  #function(call: Fields, scope: Scope): void {
    const name = textOf(call.function_name).toLowerCase();
    const before = [textOf(call.catalog), textOf(call.schema)].filter(Boolean);
    const isApproved = this.#options.approved.has([...before, name].join('.').toLowerCase());
    if (!isApproved && (!functions.has(name) || this.#options.shadowed.has(name)))
      this.#refuseFunction(call, functions);
    // `status.upper()` is written with the column where a schema would stand.
    const isOwn = before.length === 0 || before.join('.').toLowerCase() === 'main';
    if (!isOwn && !isApproved) this.#column(before, scope, call);
    const args = listOf(call.children).map(fieldsOf);
    const times = computedConstant(args[repeating.get(name) ?? -1]);
    if (times !== undefined && times > maxRepeat) {
      refuse({
        reason: 'resource',
        what: name,
        message: `${name} would make a value of more than ${maxRepeat} characters`,
        ...locationOf(call),
      });
    }
    const { class: _, ...rest } = call;
    this.#children(rest, scope);
  }

  #refuseFunction(call: Fields, names: ReadonlySet<string>): never {
    const name = textOf(call.function_name);
    const what = [textOf(call.catalog), textOf(call.schema), name].filter(Boolean).join('.');
    return refuse({
      reason: 'function',
      what,
      message: `the function ${what} is not allowed here`,
      next: `${didYouMean(name, [...names])} An admin can approve further functions.`.trim(),
      ...locationOf(call),
    });
  }

  /** `x -> x + 1`, and also `json -> '$.key'`, whose left side is a value: a parameter may not have a hidden name. */
  #lambda(lambda: Fields, scope: Scope): void {
    const parameters = new Map(namesIn(lambda.lhs).map((name) => [name, false]));
    for (const name of parameters.keys()) refuseHidden([name], scope, locationOf(lambda));
    const isParameters = [...parameters].length > 0;
    const inside = isParameters ? beside(scope, relationOf('', parameters)) : scope;
    // Calls and longer paths on the left are values: looked up as ever.
    this.#children(lambda.lhs, inside);
    this.#expression(lambda.expr, inside);
  }

  #deeper<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      refuse({ reason: 'too_deep', what: 'nesting', message: 'the statement is nested too deeply to be checked' });
    }
    const result = work();
    this.#depth -= 1;
    return result;
  }
}

/** The parameters a lambda may name: `x`, or `(x, y)`. */
function namesIn(lhs: unknown): readonly string[] {
  const fields = fieldsOf(lhs);
  const path = textsOf(fields.column_names);
  if (path.length === 1) return path.map((name) => name.toLowerCase());
  return fields.function_name === 'row' ? listOf(fields.children).flatMap(namesIn) : [];
}

/** ORDER BY ALL, which the tree shows as a star: by what is put out, and nothing else. */
function withoutOrderByAll(modifiers: unknown): readonly Fields[] {
  const isAll = (order: unknown) => {
    const { class: kind, expr, relation_name, ...lists } = fieldsOf(fieldsOf(order).expression);
    const isBare = Object.values(lists).every((list) => listOf(list).length === 0);
    return kind === 'STAR' && !isFields(expr) && relation_name === '' && isBare;
  };
  return listOf(modifiers)
    .map(fieldsOf)
    .map((modifier) => ({ ...modifier, orders: listOf(modifier.orders).filter((order) => !isAll(order)) }));
}

/** `SELECT * FROM table`, as DESCRIBE reads the name of a table. */
function isWholeTable(query: Fields): boolean {
  const [star, ...others] = listOf(query.select_list).map(fieldsOf);
  const isStar = star?.class === 'STAR' && star.columns !== true && !isFields(star.expr);
  const isPlain = isStar && others.length === 0 && listOf(star.replace_list).length === 0;
  return isPlain && fieldsOf(query.from_table).type === 'BASE_TABLE';
}

const relationOf = (alias: string, columns: Columns, open = false): Relation => ({ alias, schema: '', columns, open });

const visible = (relation: Relation): Columns => new Map([...relation.columns].filter(([, hidden]) => !hidden));

const merged = (relations: readonly Relation[]): Relation =>
  relationOf(
    '',
    new Map(relations.flatMap(({ columns }) => [...columns])),
    relations.some(({ open }) => open),
  );

/** Columns under new names by position; those beyond the new names keep their own. */
function renamed(relation: Relation, names: readonly string[]): Relation {
  if (names.length === 0) return relation;
  const kept = [...relation.columns].slice(names.length);
  return { ...relation, columns: new Map([...names.map((name) => [name.toLowerCase(), false] as const), ...kept]) };
}

function refuseParameter(node: Fields): never {
  return refuse({
    reason: 'parameter',
    what: `$${textOf(node.identifier)}`,
    message: 'a parameter without a value is left in the statement',
    ...locationOf(node),
  });
}

function refuseUnknown(node: Fields): never {
  const what = textOf(node.show_type) || textOf(node.type) || textOf(node.class);
  const reason: RefusalReason = 'unknown_syntax';
  return refuse({
    reason,
    what,
    message: 'this statement uses syntax that is not known to be a read',
    ...locationOf(node),
  });
}
