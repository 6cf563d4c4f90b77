import { resolveModel } from '../measures/model/resolve-model.ts';
import { bindSql } from '../sql/bind-sql.ts';
import { visibleCatalogue } from '../sql/visible-catalogue.ts';
import { checkAnswers } from '../verified/check-answers.ts';
import { checkParameters } from '../verified/check-parameters.ts';
import type { QueryProblem } from '../verified/check-query.ts';
import { isLong } from '../verified/value-index.ts';
import type { VerifiedQuery } from '../verified/verified-query.ts';
import { readPlainly } from './read-plainly.ts';
import type { Source } from './source.ts';
import type { SourceProblem } from './source-problem.ts';
import { anyValues, staleQueries } from './stale-queries.ts';

/**
 * Compares what people wrote about a source with its database: the semantic model, and of each verified query its SQL,
 * its parameters and their defaults, the names in its answers, and whether any question reaches it. Reads no rows but a
 * few values of columns that queries are asked with. Errors: as `Source.catalogue`, `cancelled`.
 */
export async function checkSource(source: Source, signal: AbortSignal): Promise<readonly SourceProblem[]> {
  const catalogue = await source.catalogue(signal);
  const ofModel = source.semantic === undefined ? [] : resolveModel(source.semantic, catalogue).problems;
  const ofQueries: SourceProblem[] = [];
  for (const query of source.queries)
    for (const { path, message } of await checkQueryOf(source, query, signal))
      ofQueries.push({ at: source.places?.query(query.id, path), message: `${query.id}: ${message}` });
  return [
    ...ofModel.map(({ path, message }) => ({
      at: source.places?.model(path),
      message: `${path.join('.') || 'the model'}: ${message}`,
    })),
    ...ofQueries,
  ];
}

/** The first kind of mistake hides those that follow from it. */
async function checkQueryOf(
  source: Source,
  query: VerifiedQuery,
  signal: AbortSignal,
): Promise<readonly QueryProblem[]> {
  const [stale] = await staleQueries([query], source, signal);
  if (stale !== undefined)
    return [{ path: ['sql'], message: `${stale.why.replace(/\.$/, '')}; correct the SQL, or show what it reads` }];
  const catalogue = visibleCatalogue(await source.catalogue(signal), source.policy);
  const clock = { today: source.today(), dates: source.dates };
  const ofParameters = checkParameters(query, catalogue, {
    ...clock,
    masked: Object.keys(source.policy.maskedColumns ?? {}),
  });
  if (ofParameters.length > 0) return ofParameters;
  const columns = await columnsOf(source, query, signal);
  return [
    ...(columns === undefined ? [] : checkAnswers(query, columns)),
    ...((await isReached(source, query, signal)) ? [] : [unreached]),
  ];
}

const unreached: QueryProblem = {
  path: ['questions'],
  message:
    'no question reaches it: each of these is read as another query, or has a place that nothing fits; write one that no other query has, or give the parameter a default',
};

/** The columns that the query returns; undefined where only running it would tell. */
async function columnsOf(source: Source, query: VerifiedQuery, signal: AbortSignal) {
  const { database, syntax } = source;
  const { dialect } = database;
  // Two columns of one name are no mistake in a query, but in a table of MySQL they are.
  if (dialect === 'mysql') return undefined;
  const bound = await bindSql(query.sql, anyValues(query), { dialect, syntax });
  const sql = (typeof bound === 'string' ? bound : await syntax.deparse(bound)).replace(/;\s*$/, '');
  const empty = `SELECT * FROM (\n${sql}\n) AS answer WHERE 1 = 0`;
  return (await readPlainly(empty, source, 1, signal))?.columns;
}

async function isReached(source: Source, query: VerifiedQuery, signal: AbortSignal): Promise<boolean> {
  const catalogue = await source.catalogue(signal);
  const long = Object.values(query.parameters).flatMap((one) =>
    one.type === 'value' && isLong(catalogue, one.column) ? [one.column] : [],
  );
  const samples = new Map<string, readonly string[]>();
  for (const column of long) {
    const [name = '', ...table] = column.split('.').reverse();
    const sql = `SELECT ${name} AS value FROM ${table.reverse().join('.')} WHERE ${name} IS NOT NULL`;
    const rows = (await readPlainly(sql, source, 3, signal))?.rows ?? [];
    // An empty table, or rows that nobody may see: there is nothing to ask with yet.
    if (rows.length === 0) return true;
    samples.set(
      column,
      rows.map(([value]) => String(value)),
    );
  }
  return (await source.verified(signal)).isReachable(query, samples);
}
