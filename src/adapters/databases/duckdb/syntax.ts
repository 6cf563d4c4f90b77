import { DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { MemoriError } from '../../../core/base/errors.ts';
import type { SqlSyntax, SyntaxTree } from '../../../core/data/syntax.ts';
import { duckdbRules } from '../../../core/sql/duckdb/lexical-rules.ts';
import { tokenize } from '../../../core/sql/tokens/lexer.ts';
import { onlyStatement } from '../../../core/sql/tokens/parse-query.ts';
import { writeTokens } from '../../../core/sql/tokens/write-tokens.ts';
import { createSlots } from '../slots.ts';

/** The tree of a text, DuckDB's own writing of it, and the tree of that: one call, because each costs a thread's turn. */
const parseQuery = `
  SELECT tree, written, CASE WHEN written IS NOT NULL THEN json_serialize_sql(written) END
  FROM (SELECT tree, CASE WHEN starts_with(tree, '{"error":false') THEN json_deserialize_sql(tree::JSON) END AS written
        FROM (SELECT json_serialize_sql($1::VARCHAR) AS tree))`;

const treeQuery = 'SELECT json_serialize_sql($1::VARCHAR)';

/** DuckDB's own parser and writer, in an empty database without access to anything. Opened on first use. */
export function createDuckdbSyntax(): SqlSyntax {
  let opening: Promise<Parser> | undefined;
  // One text at a time: a prepared statement holds one value.
  const withSlot = createSlots(1);
  const call = (which: keyof Parser, value: string): Promise<readonly string[]> =>
    withSlot(new AbortController().signal, async () => {
      opening ??= openParser();
      const statement = (await opening)[which];
      statement.bindVarchar(1, value);
      // The result is one row that is available at once; fetching it would cost another switch of threads.
      const result = await statement.run();
      return (result.getChunk(0).getRows()[0] ?? []).map((text) => (text === null ? '' : String(text)));
    });

  async function parse(sql: string): Promise<SyntaxTree> {
    // DuckDB reads a no-break space as a blank, but for one at the end: nothing may follow that is checked without it.
    const { text, explain } = withoutExplain(sql.trimEnd());
    // Of a few trees DuckDB knows no writing.
    const [json = '', written = '', again = ''] = await call('parse', text).catch(() => call('tree', text));
    const tree = JSON.parse(json) as SyntaxTree;
    if (tree.error === true) throw parseError(tree, sql, text);
    return { ...tree, explain, text: sameTree(json, again) ? written : await asGiven(text, json) };
  }

  /**
   * DuckDB writes a few trees so that they read as another one: then the text as it was given, whose tree this is, and its
   * tokens where something could follow it.
   */
  async function asGiven(sql: string, json: string): Promise<string> {
    if (!/--|\/\*|;|[^\S \t\r\n]/.test(sql)) return sql.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
    const text = writeTokens(onlyStatement(tokenize(sql, duckdbRules)));
    const [again = ''] = await call('tree', text);
    return sameTree(json, again) ? text : '';
  }

  return {
    parse,
    async deparse({ text, explain }) {
      if (typeof text === 'string' && text !== '') return explain === true ? `EXPLAIN ${text}` : text;
      throw refusal('not_reproducible', 'the statement cannot be written out again exactly', {});
    },
    async scan(sql) {
      return tokenize(sql, duckdbRules);
    },
  };
}

type Parser = { readonly parse: DuckDBPreparedStatement; readonly tree: DuckDBPreparedStatement };

async function openParser(): Promise<Parser> {
  const instance = await DuckDBInstance.create(':memory:', {
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
    lock_configuration: 'true',
  });
  const connection = await instance.connect();
  return { parse: await connection.prepare(parseQuery), tree: await connection.prepare(treeQuery) };
}

/** But for the places in the text. */
const sameTree = (a: string, b: string): boolean => withoutPlaces(a) === withoutPlaces(b);

/** Only queries have a tree; EXPLAIN is set aside and written back. Its tokens also bound the length. */
function withoutExplain(sql: string): { readonly text: string; readonly explain: boolean } {
  if (sql.includes('\0')) throw refusal('syntax', 'the text holds a NUL character', { position: sql.indexOf('\0') });
  const [first, second] = tokenize(sql, duckdbRules);
  if (first === undefined) throw refusal('syntax', 'there is no statement in this text', { position: 0 });
  if (first.kind !== 'word' || first.value !== 'explain') return { text: sql, explain: false };
  // EXPLAIN ANALYZE runs the statement; with options or without, what is not a query after it is refused.
  if (second?.value === 'analyze' || second?.text === '(') {
    throw refusal('not_a_read', 'EXPLAIN ANALYZE runs the statement; use EXPLAIN without it', {
      position: first.start,
    });
  }
  return { text: `${' '.repeat(first.end)}${sql.slice(first.end)}`, explain: true };
}

const withoutPlaces = (json: string): string => json.replace(/"query_location":\d+/g, '"query_location":0');

function parseError(tree: SyntaxTree, sql: string, text: string): MemoriError {
  const message = String(tree.error_message ?? 'the text is not SQL');
  if (tree.error_type !== 'not implemented') {
    return refusal('syntax', message, tree.position === undefined ? {} : { position: Number(tree.position) });
  }
  const [first] = tokenize(text, duckdbRules);
  const what = (first?.text ?? sql).toUpperCase().slice(0, 40);
  return refusal('not_a_read', `${what} is not a read; only queries and EXPLAIN are run`, {
    position: first?.start ?? 0,
  });
}

type Reason = 'syntax' | 'not_a_read' | 'unknown_syntax' | 'not_reproducible';

function refusal(
  reason: Reason,
  message: string,
  { position, cause }: { readonly position?: number; readonly cause?: unknown },
): MemoriError {
  return new MemoriError('sql_refused', message, {
    details: { reason, what: 'SQL', message, ...(position === undefined ? {} : { position }) },
    cause,
  });
}
