import type {
  A_Indirection,
  Alias,
  CommonTableExpr,
  FuncCall,
  JoinExpr,
  JsonArgument,
  JsonBehavior,
  JsonFuncExpr,
  JsonOutput,
  JsonQuotes,
  JsonTable,
  JsonTableColumn,
  JsonTablePathSpec,
  JsonValueExpr,
  JsonWrapper,
  NamedArgExpr,
  Node,
  RangeFunction,
  RangeTableFunc,
  RangeTableFuncCol,
  SelectStmt,
  TypeCast,
  WindowDef,
} from 'libpg-query';
import { Deparser, QuoteUtils } from 'pgsql-deparser';

type Context = Parameters<Deparser['SelectStmt']>[1];

const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

const wrappers: Partial<Record<JsonWrapper, string>> = {
  JSW_CONDITIONAL: 'WITH CONDITIONAL WRAPPER',
  JSW_NONE: 'WITHOUT WRAPPER',
  JSW_UNCONDITIONAL: 'WITH UNCONDITIONAL WRAPPER',
};

const quotes: Partial<Record<JsonQuotes, string>> = { JS_QUOTES_KEEP: 'KEEP QUOTES', JS_QUOTES_OMIT: 'OMIT QUOTES' };

const operations: ReadonlySet<string> = new Set([
  'A_Expr',
  'BoolExpr',
  'BooleanTest',
  'CollateClause',
  'JsonIsPredicate',
  'NullTest',
  'TypeCast',
]);

const jsonFunctions = {
  JSON_EXISTS_OP: 'JSON_EXISTS',
  JSON_QUERY_OP: 'JSON_QUERY',
  JSON_VALUE_OP: 'JSON_VALUE',
} as const;

const quoted = (name: string): string => QuoteUtils.quoteIdentifier(name);
const quotedAlias = (alias: Alias): Alias =>
  alias.aliasname === undefined ? alias : { ...alias, aliasname: quoted(alias.aliasname) };
const quotedWindow = (window: WindowDef): WindowDef => ({
  ...window,
  ...(window.name === undefined ? {} : { name: quoted(window.name) }),
  ...(window.refname === undefined ? {} : { refname: quoted(window.refname) }),
});

/** Wraps a node in a tag of our own, so that the writer can add text around it. */
const tagged = (tag: 'Bracketed' | 'Distinct', node: Node): Node => ({ [tag]: node }) as unknown as Node;

const withDistinctGroups = (node: SelectStmt): SelectStmt => {
  const [first, ...others] = node.groupClause ?? [];
  return first === undefined ? node : { ...node, groupClause: [tagged('Distinct', first), ...others] };
};

/** `pg_catalog.name`. */
const isName = (names: readonly Node[] | undefined, name: string): boolean =>
  ['pg_catalog', name].every((part, index) => {
    const node = names?.[index];
    return node !== undefined && 'String' in node && node.String.sval === part;
  });

const isOperator = (node: FuncCall): boolean => node.funcformat === 'COERCE_SQL_SYNTAX';

/**
 * pgsql-deparser with fixes for version 18.3. It writes FETCH FIRST … WITH TIES (as LIMIT, which drops rows) and
 * XMLTABLE wrong; throws on JSON_TABLE, JSON_VALUE, JSON_QUERY and JSON_EXISTS; and drops GROUP BY DISTINCT, AT LOCAL,
 * BIT without a length, brackets around an array that is indexed, and quotes around names of CTEs, windows, joins,
 * record functions and arguments.
 */
export class PostgresWriter extends Deparser {
  readonly #brackets: boolean;

  /** `brackets`: put one around every operation, because the plain form leaves out some that matter. */
  constructor(tree: ConstructorParameters<typeof Deparser>[0], brackets: boolean) {
    super(tree, { pretty: true });
    this.#brackets = brackets;
  }

  override visit(node: Node, context?: Context): string {
    const text = super.visit(node, context);
    return this.#brackets && operations.has(Object.keys(node)[0] ?? '') ? `(${text})` : text;
  }

  override SelectStmt(given: SelectStmt, context: Context): string {
    const node = given.groupDistinct === true ? withDistinctGroups(given) : given;
    if (node.limitOption !== 'LIMIT_OPTION_WITH_TIES' || node.limitCount === undefined) {
      return super.SelectStmt(node, context);
    }
    const { limitCount, limitOffset, ...rest } = node;
    const query = super.SelectStmt({ ...rest, limitOption: 'LIMIT_OPTION_DEFAULT' }, context);
    const offset = limitOffset === undefined ? undefined : `OFFSET ${this.visit(limitOffset, context)} ROWS`;
    return words(query, offset, `FETCH FIRST (${this.visit(limitCount, context)}) ROWS WITH TIES`);
  }

  Distinct(node: Node, context: Context): string {
    return `DISTINCT ${this.visit(node, context)}`;
  }

  Bracketed(node: Node, context: Context): string {
    return `(${this.visit(node, context)})`;
  }

  override CommonTableExpr(node: CommonTableExpr, context: Context): string {
    return super.CommonTableExpr(
      node.ctename === undefined ? node : { ...node, ctename: quoted(node.ctename) },
      context,
    );
  }

  override WindowDef(node: WindowDef, context: Context): string {
    return super.WindowDef(quotedWindow(node), context);
  }

  override FuncCall(node: FuncCall, context: Context): string {
    const [value, ...others] = node.args ?? [];
    if (value !== undefined && others.length === 0 && isName(node.funcname, 'timezone') && isOperator(node)) {
      return `((${this.visit(value, context)}) AT LOCAL)`;
    }
    return super.FuncCall(node.over === undefined ? node : { ...node, over: quotedWindow(node.over) }, context);
  }

  override A_Indirection(node: A_Indirection, context: Context): string {
    return super.A_Indirection(
      node.arg === undefined ? node : { ...node, arg: tagged('Bracketed', node.arg) },
      context,
    );
  }

  override TypeCast(node: TypeCast, context: Context): string {
    const { names, typmods } = node.typeName ?? {};
    const bits = ['bit', 'varbit'].find((name) => isName(names, name));
    // `BIT '101'` keeps its length; `'101'::bit` is one bit.
    if (bits === undefined || typmods !== undefined) return super.TypeCast(node, context);
    return `CAST((${this.#node(node.arg, context)}) AS pg_catalog.${bits})`;
  }

  override NamedArgExpr(node: NamedArgExpr, context: Context): string {
    return super.NamedArgExpr(node.name === undefined ? node : { ...node, name: quoted(node.name) }, context);
  }

  override JoinExpr(node: JoinExpr, context: Context): string {
    const { alias, join_using_alias: using, ...rest } = node;
    const named = {
      ...(alias === undefined ? {} : { alias: quotedAlias(alias) }),
      ...(using === undefined ? {} : { join_using_alias: quotedAlias(using) }),
    };
    return super.JoinExpr({ ...rest, ...named }, context);
  }

  override RangeFunction(node: RangeFunction, context: Context): string {
    // Only an alias without column definitions is quoted.
    const isRecord = node.alias !== undefined && (node.coldeflist ?? []).length > 0;
    return super.RangeFunction(isRecord ? { ...node, alias: quotedAlias(node.alias ?? {}) } : node, context);
  }

  override RangeTableFunc(node: RangeTableFunc, context: Context): string {
    const namespaces = this.#list(node.namespaces, (item) => this.#xmlNamespace(item, context));
    const columns = this.#list(node.columns, (column) => this.visit(column, context));
    return words(
      node.lateral ? 'LATERAL' : undefined,
      `XMLTABLE(${namespaces === '' ? '' : `XMLNAMESPACES(${namespaces}), `}(${this.#node(node.rowexpr, context)})`,
      `PASSING (${this.#node(node.docexpr, context)}) COLUMNS ${columns})`,
      node.alias && this.visit({ Alias: node.alias }, context),
    );
  }

  override RangeTableFuncCol(node: RangeTableFuncCol, context: Context): string {
    const name = quoted(node.colname ?? '');
    if (node.for_ordinality) return `${name} FOR ORDINALITY`;
    return words(
      name,
      node.typeName && this.visit({ TypeName: node.typeName }, context),
      node.colexpr && `PATH (${this.visit(node.colexpr, context)})`,
      node.coldefexpr && `DEFAULT (${this.visit(node.coldefexpr, context)})`,
      node.is_not_null ? 'NOT NULL' : undefined,
    );
  }

  JsonFuncExpr(node: JsonFuncExpr, context: Context): string {
    const name = jsonFunctions[node.op as keyof typeof jsonFunctions];
    if (name === undefined) throw new Error(`${node.op} stands outside JSON_TABLE`);
    const inside = words(
      `${this.#value(node.context_item, context)}, ${this.#node(node.pathspec, context)}`,
      this.#passing(node.passing, context),
      this.#output(node.output, context),
      node.wrapper && wrappers[node.wrapper],
      node.quotes && quotes[node.quotes],
      this.#behavior(node.on_empty, 'EMPTY', context),
      this.#behavior(node.on_error, 'ERROR', context),
    );
    return `${name}(${inside})`;
  }

  JsonTable(node: JsonTable, context: Context): string {
    return words(
      node.lateral ? 'LATERAL' : undefined,
      `JSON_TABLE(${this.#value(node.context_item, context)}, ${this.#path(node.pathspec, context)}`,
      this.#passing(node.passing, context),
      `COLUMNS (${this.#list(node.columns, (column) => this.visit(column, context))})`,
      `${this.#behavior(node.on_error, 'ERROR', context) ?? ''})`,
      node.alias && this.visit({ Alias: node.alias }, context),
    );
  }

  JsonTableColumn(node: JsonTableColumn, context: Context): string {
    const name = quoted(node.name ?? '');
    if (node.coltype === 'JTC_FOR_ORDINALITY') return `${name} FOR ORDINALITY`;
    if (node.coltype === 'JTC_NESTED') {
      const columns = this.#list(node.columns, (column) => this.visit(column, context));
      return `NESTED PATH ${this.#path(node.pathspec, context)} COLUMNS (${columns})`;
    }
    return words(
      name,
      node.typeName && this.visit({ TypeName: node.typeName }, context),
      node.coltype === 'JTC_EXISTS' ? 'EXISTS' : node.coltype === 'JTC_FORMATTED' ? 'FORMAT JSON' : undefined,
      node.pathspec && `PATH ${this.#path(node.pathspec, context)}`,
      // The parser marks EXISTS columns as WITHOUT WRAPPER, which SQL does not allow to write.
      node.coltype === 'JTC_EXISTS' ? undefined : node.wrapper && wrappers[node.wrapper],
      node.quotes && quotes[node.quotes],
      this.#behavior(node.on_empty, 'EMPTY', context),
      this.#behavior(node.on_error, 'ERROR', context),
    );
  }

  #node(node: Node | undefined, context: Context): string {
    return node === undefined ? '' : this.visit(node, context);
  }

  #list(nodes: readonly Node[] | undefined, write: (node: Node) => string): string {
    return (nodes ?? []).map(write).join(', ');
  }

  #value(node: JsonValueExpr | undefined, context: Context): string {
    return node === undefined ? '' : this.visit({ JsonValueExpr: node } as Node, context);
  }

  #xmlNamespace(item: Node, context: Context): string {
    const target = 'ResTarget' in item ? item.ResTarget : {};
    const uri = this.#node(target.val, context);
    return target.name === undefined ? `DEFAULT ${uri}` : `${uri} AS ${quoted(target.name)}`;
  }

  #path(path: JsonTablePathSpec | undefined, context: Context): string {
    const name = path?.name === undefined ? undefined : `AS ${quoted(path.name)}`;
    return words(this.#node(path?.string, context), name);
  }

  #passing(passing: readonly Node[] | undefined, context: Context): string | undefined {
    if (passing === undefined) return undefined;
    const write = (item: Node) => {
      const argument: JsonArgument = 'JsonArgument' in item ? item.JsonArgument : {};
      return `${this.#value(argument.val, context)} AS ${quoted(argument.name ?? '')}`;
    };
    return `PASSING ${this.#list(passing, write)}`;
  }

  #output(output: JsonOutput | undefined, context: Context): string | undefined {
    if (output?.typeName === undefined) return undefined;
    const isJson = output.returning?.format?.format_type === 'JS_FORMAT_JSON';
    return words('RETURNING', this.visit({ TypeName: output.typeName }, context), isJson ? 'FORMAT JSON' : undefined);
  }

  #behavior(behavior: JsonBehavior | undefined, event: 'EMPTY' | 'ERROR', context: Context): string | undefined {
    if (behavior === undefined) return undefined;
    const word = (behavior.btype ?? '').replace('JSON_BEHAVIOR_', '').replace('_', ' ');
    const value = behavior.expr === undefined ? undefined : `(${this.visit(behavior.expr, context)})`;
    return words(word, value, `ON ${event}`);
  }
}
