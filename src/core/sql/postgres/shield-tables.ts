import { refuse } from '../refusal.ts';
import { refuseExplain } from '../shield/bind-shield.ts';
import type { KnownRelation } from './known-relations.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, nodeOf, textOf } from './tree.ts';

/** Finds the query that replaces a relation; undefined when it is read as it is. */
type ShieldOf = (relation: KnownRelation) => Promise<Fields | undefined>;

type Shields = {
  /** By the name in FROM; every name that was resolved has an entry. */
  readonly byName: ReadonlyMap<Fields, Fields | undefined>;
  /** `schema.table` of what is replaced. */
  readonly replaced: ReadonlySet<string>;
};

/**
 * The statement with masked and filtered tables replaced by queries, which keep the tables' names. A name in FROM that
 * the resolver has not seen is refused, so that no table can be missed.
 */
export async function shieldTables(
  statement: Fields,
  reads: ReadonlyMap<Fields, KnownRelation | undefined>,
  shieldOf: ShieldOf,
): Promise<Fields> {
  const queries = new Map<string, Fields | undefined>();
  for (const relation of reads.values())
    if (relation !== undefined && !queries.has(keyOf(relation))) queries.set(keyOf(relation), await shieldOf(relation));
  const replaced = new Set([...queries].flatMap(([key, query]) => (query === undefined ? [] : [key])));
  if (replaced.size === 0) return statement;
  if (fieldsOf(statement, 'ExplainStmt') !== undefined) refuseExplain();
  const byName = new Map(
    [...reads].map(([rangeVar, relation]) => [rangeVar, relation && queries.get(keyOf(relation))] as const),
  );
  return replace(statement, { byName, replaced }) as Fields;
}

const keyOf = ({ schema, name }: KnownRelation): string => `${schema}.${name}`;

function replace(value: unknown, shields: Shields): unknown {
  if (Array.isArray(value)) return value.map((item) => replace(item, shields));
  if (!isFields(value)) return value;
  const node = nodeOf(value);
  if (node?.tag === 'RangeVar') return replaceTable(node.fields, shields) ?? value;
  if (node?.tag === 'RangeTableSample') {
    const sampled = fieldsOf(node.fields.relation, 'RangeVar');
    const replaced = sampled && replaceTable(sampled, shields, node.fields);
    if (replaced !== undefined) return replaced;
  }
  if (node?.tag === 'ColumnRef') return { ColumnRef: withoutSchema(node.fields, shields) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, shields)]));
}

/** `table AS t` → `(SELECT …) AS t`. Only a table can be sampled, so the sample moves inside. */
function replaceTable(rangeVar: Fields, { byName }: Shields, sample?: Fields): Fields | undefined {
  if (!byName.has(rangeVar)) refuseUnread(rangeVar);
  const query = byName.get(rangeVar);
  if (query === undefined) return undefined;
  const select = fieldsOf(query, 'SelectStmt') ?? {};
  const own = fieldsOf(listOf(select.fromClause)[0], 'RangeVar') ?? {};
  const { inh, ...plain } = own;
  const table = { RangeVar: { ...plain, ...(rangeVar.inh === undefined ? {} : { inh: rangeVar.inh }) } };
  const from = sample === undefined ? table : { RangeTableSample: { ...sample, relation: table } };
  return {
    RangeSubselect: {
      subquery: { SelectStmt: { ...select, fromClause: [from] } },
      alias: rangeVar.alias ?? { aliasname: textOf(rangeVar.relname) },
    },
  };
}

function refuseUnread(rangeVar: Fields): never {
  return refuse({
    reason: 'unknown_syntax',
    what: textOf(rangeVar.relname),
    message: `${textOf(rangeVar.relname)} stands where no table is known to be read`,
    ...locationOf(rangeVar),
  });
}

/** `schema.table.column` → `table.column`, because the query that replaces the table has no schema. */
function withoutSchema(columnRef: Fields, { replaced }: Shields): Fields {
  const names = namesOf(columnRef.fields);
  if (names.length !== 3 || !replaced.has(`${names[0]}.${names[1]}`)) return columnRef;
  return { ...columnRef, fields: listOf(columnRef.fields).slice(1) };
}
