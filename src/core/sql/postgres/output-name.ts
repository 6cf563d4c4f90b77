import { type Fields, isFields, listOf, namesOf, nodeOf, textOf } from './tree.ts';

const fixedNames: Readonly<Record<string, string>> = {
  A_ArrayExpr: 'array',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
  RowExpr: 'row',
  XmlSerialize: 'xmlserialize',
  JsonObjectConstructor: 'json_object',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonArrayAgg: 'json_arrayagg',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
};

const unnamed = '?column?';

/** The name PostgreSQL gives a result column without AS (`FigureColname` in parse_target.c). */
export function outputName(value: unknown): string {
  return figureName(value) ?? weakName(value) ?? unnamed;
}

/** The name from a type or CASE, which any other name overrides. */
function weakName(value: unknown): string | undefined {
  const node = nodeOf(value);
  switch (node?.tag) {
    case 'TypeCast':
      return namesOf(isFields(node.fields.typeName) ? node.fields.typeName.names : []).at(-1);
    case 'CaseExpr':
      return 'case';
    case 'CollateClause':
      return weakName(node.fields.arg);
    default:
      return undefined;
  }
}

function figureName(value: unknown): string | undefined {
  const node = nodeOf(value);
  if (node === undefined) return undefined;
  const { tag, fields } = node;
  switch (tag) {
    case 'ColumnRef':
      return namesOf(fields.fields).at(-1);
    case 'A_Indirection':
      return (
        namesOf(listOf(fields.indirection).filter((step) => nodeOf(step)?.tag === 'String')).at(-1) ??
        figureName(fields.arg)
      );
    case 'FuncCall':
      return namesOf(fields.funcname).at(-1);
    case 'A_Expr':
      return fields.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
    case 'TypeCast':
    case 'CollateClause':
      return figureName(fields.arg);
    case 'CaseExpr':
      return figureName(fields.defresult);
    case 'MinMaxExpr':
      return fields.op === 'IS_LEAST' ? 'least' : 'greatest';
    case 'SubLink':
      return subLinkName(fields);
    case 'SQLValueFunction':
      return textOf(fields.op).replace('SVFOP_', '').replace(/_N$/, '').toLowerCase();
    case 'XmlExpr':
      return textOf(fields.op).replace('IS_', '').toLowerCase();
    case 'JsonFuncExpr':
      return textOf(fields.op).replace('_OP', '').toLowerCase();
    default:
      return fixedNames[tag];
  }
}

function subLinkName(link: Fields): string | undefined {
  if (link.subLinkType === 'EXISTS_SUBLINK') return 'exists';
  if (link.subLinkType === 'ARRAY_SUBLINK') return 'array';
  if (link.subLinkType !== 'EXPR_SUBLINK') return undefined;
  const select = nodeOf(link.subselect)?.fields ?? {};
  const target = nodeOf(listOf(select.targetList)[0])?.fields ?? {};
  return typeof target.name === 'string' ? target.name : outputName(target.val);
}
