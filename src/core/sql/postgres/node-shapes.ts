/**
 * Kinds of field: `n` a node, `N` a list of nodes, `s` a scalar, `:Tag` the fields of that tag without their wrapper.
 */
type Shape = Readonly<Record<string, string>>;

const parse = (fields: string): Shape =>
  Object.fromEntries(
    fields
      .split(' ')
      .filter((field) => field !== '')
      .map((field) => {
        const at = field.indexOf('=');
        return at < 0 ? [field, 's'] : [field.slice(0, at), field.slice(at + 1)];
      }),
  );

const shape = (fields: string): Shape => parse(`${fields} location`);

/**
 * Every syntax node that a read may hold, with every field that it may have. Anything else is refused, so a clause
 * added by a newer grammar cannot pass unread.
 */
export const nodeShapes: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    SelectStmt: shape(
      'distinctClause=N targetList=N fromClause=N whereClause=n groupClause=N groupDistinct havingClause=n ' +
        'windowClause=N valuesLists=N sortClause=N limitOffset=n limitCount=n limitOption withClause=:WithClause ' +
        'op all larg=:SelectStmt rarg=:SelectStmt',
    ),
    WithClause: shape('ctes=N recursive'),
    CommonTableExpr: shape(
      'ctename aliascolnames=N ctematerialized ctequery=n search_clause=:CTESearchClause cycle_clause=:CTECycleClause',
    ),
    CTESearchClause: shape('search_col_list=N search_breadth_first search_seq_column'),
    CTECycleClause: shape(
      'cycle_col_list=N cycle_mark_column cycle_mark_value=n cycle_mark_default=n cycle_path_column',
    ),

    RangeVar: shape('catalogname schemaname relname inh relpersistence alias=:Alias'),
    RangeSubselect: shape('lateral subquery=n alias=:Alias'),
    RangeFunction: shape('lateral ordinality is_rowsfrom functions=N alias=:Alias coldeflist=N'),
    RangeTableSample: shape('relation=n method=N args=N repeatable=n'),
    RangeTableFunc: shape('lateral docexpr=n rowexpr=n namespaces=N columns=N alias=:Alias'),
    RangeTableFuncCol: shape('colname typeName=:TypeName for_ordinality is_not_null colexpr=n coldefexpr=n'),
    JoinExpr: shape(
      'jointype isNatural larg=n rarg=n usingClause=N join_using_alias=:Alias quals=n alias=:Alias rtindex',
    ),
    Alias: shape('aliasname colnames=N'),
    ColumnDef: shape('colname typeName=:TypeName is_local collClause=:CollateClause'),

    ResTarget: shape('name val=n'),
    ColumnRef: shape('fields=N'),
    A_Star: shape(''),
    A_Const: shape('ival=:Integer fval=:Float boolval=:Boolean sval=:String bsval=:BitString isnull'),
    Integer: shape('ival'),
    Float: shape('fval'),
    Boolean: shape('boolval'),
    String: shape('sval'),
    BitString: shape('bsval'),
    List: shape('items=N'),
    A_Expr: shape('kind name=N lexpr=n rexpr=n rexpr_list_start rexpr_list_end'),
    BoolExpr: shape('boolop args=N'),
    NullTest: shape('arg=n nulltesttype argisrow'),
    BooleanTest: shape('arg=n booltesttype'),
    FuncCall: shape(
      'funcname=N args=N agg_order=N agg_filter=n over=:WindowDef agg_within_group agg_star agg_distinct func_variadic funcformat',
    ),
    NamedArgExpr: shape('arg=n name argnumber'),
    WindowDef: shape('name refname partitionClause=N orderClause=N frameOptions startOffset=n endOffset=n'),
    SortBy: shape('node=n sortby_dir sortby_nulls useOp=N'),
    GroupingSet: shape('kind content=N'),
    GroupingFunc: shape('args=N'),
    TypeCast: shape('arg=n typeName=:TypeName'),
    TypeName: shape('names=N typmods=N typemod arrayBounds=N'),
    CollateClause: shape('arg=n collname=N'),
    CaseExpr: shape('arg=n args=N defresult=n'),
    CaseWhen: shape('expr=n result=n'),
    CoalesceExpr: shape('args=N'),
    MinMaxExpr: shape('op args=N'),
    SQLValueFunction: shape('op type typmod'),
    SubLink: shape('subLinkType testexpr=n operName=N subselect=n'),
    RowExpr: shape('args=N row_format'),
    A_ArrayExpr: shape('elements=N list_start list_end'),
    A_Indirection: shape('arg=n indirection=N'),
    A_Indices: shape('is_slice lidx=n uidx=n'),

    XmlExpr: shape('op name named_args=N args=N xmloption indent type typmod'),
    XmlSerialize: shape('xmloption expr=n typeName=:TypeName indent'),
    JsonObjectConstructor: shape('exprs=N output=:JsonOutput absent_on_null unique'),
    JsonArrayConstructor: shape('exprs=N output=:JsonOutput absent_on_null'),
    JsonArrayQueryConstructor: shape('query=n output=:JsonOutput format=:JsonFormat absent_on_null'),
    JsonObjectAgg: shape('constructor=:JsonAggConstructor arg=:JsonKeyValue absent_on_null unique'),
    JsonArrayAgg: shape('constructor=:JsonAggConstructor arg=:JsonValueExpr absent_on_null'),
    JsonAggConstructor: shape('output=:JsonOutput agg_filter=n agg_order=N over=:WindowDef'),
    JsonKeyValue: shape('key=n value=:JsonValueExpr'),
    JsonValueExpr: shape('raw_expr=n formatted_expr=n format=:JsonFormat'),
    JsonFormat: shape('format_type encoding'),
    JsonReturning: shape('format=:JsonFormat typid typmod'),
    JsonOutput: shape('typeName=:TypeName returning=:JsonReturning'),
    JsonIsPredicate: shape('expr=n format=:JsonFormat item_type unique_keys'),
    JsonParseExpr: shape('expr=:JsonValueExpr output=:JsonOutput unique_keys'),
    JsonScalarExpr: shape('expr=n output=:JsonOutput'),
    JsonSerializeExpr: shape('expr=:JsonValueExpr output=:JsonOutput'),
    JsonFuncExpr: shape(
      'op column_name context_item=:JsonValueExpr pathspec=n passing=N output=:JsonOutput on_empty=:JsonBehavior ' +
        'on_error=:JsonBehavior wrapper quotes',
    ),
    JsonTable: shape(
      'context_item=:JsonValueExpr pathspec=:JsonTablePathSpec passing=N columns=N on_error=:JsonBehavior alias=:Alias lateral',
    ),
    JsonTableColumn: shape(
      'coltype name typeName=:TypeName pathspec=:JsonTablePathSpec format=:JsonFormat wrapper quotes columns=N ' +
        'on_empty=:JsonBehavior on_error=:JsonBehavior',
    ),
    JsonTablePathSpec: shape('string=n name name_location'),
    JsonArgument: shape('val=:JsonValueExpr name'),
    JsonBehavior: shape('btype expr=n coerce'),
  }),
);
