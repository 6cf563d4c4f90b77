import { type Fields, fieldsOf, integerConstant, integerNode } from './tree.ts';

/**
 * Limits a query to `most` rows: a constant LIMIT is lowered, another expression goes into LEAST (which ignores NULL,
 * so LIMIT NULL and LIMIT ALL are covered), and WITH TIES is limited from outside.
 */
export function limitRows(select: Fields, most: number): Fields {
  if (select.limitOption === 'LIMIT_OPTION_WITH_TIES') return wrapQuery(select, most);
  const given = select.limitCount;
  const isAll = fieldsOf(given, 'A_Const')?.isnull === true;
  const constant = integerConstant(given);
  if (given === undefined || isAll) return withLimit(select, integerNode(most));
  // A negative constant is left to the database, which refuses it.
  if (constant !== undefined) return constant <= most ? select : withLimit(select, integerNode(most));
  return withLimit(select, { MinMaxExpr: { op: 'IS_LEAST', args: [given, integerNode(most)] } });
}

const withLimit = (select: Fields, limitCount: unknown): Fields => ({
  ...select,
  limitCount,
  limitOption: 'LIMIT_OPTION_COUNT',
});

/** `SELECT * FROM (query) AS limited LIMIT most`. */
function wrapQuery(select: Fields, most: number): Fields {
  return {
    targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }],
    fromClause: [{ RangeSubselect: { subquery: { SelectStmt: select }, alias: { aliasname: 'limited' } } }],
    limitCount: integerNode(most),
    limitOption: 'LIMIT_OPTION_COUNT',
    op: 'SETOP_NONE',
  };
}
