import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { MemoriError } from '../../core/errors.ts';
import { duckdbRules } from '../../core/sql/duckdb/lexical-rules.ts';
import type { SqlSyntax, SyntaxTree } from '../../core/sql/syntax.ts';
import { tokenize } from '../../core/sql/tokens/lexer.ts';
import { onlyStatement } from '../../core/sql/tokens/parse-query.ts';
import { writeTokens } from '../../core/sql/tokens/write-tokens.ts';

type Parser = {
  readonly connection: DuckDBConnection;
  readonly serialize: DuckDBPreparedStatement;
  readonly deserialize: DuckDBPreparedStatement;
};

/** DuckDB's own parser and writer, in an empty database without access to anything. Opened on first use. */
export function createDuckdbSyntax(): SqlSyntax {
  let opening: Promise<Parser> | undefined;
  // One statement at a time: a prepared statement holds one set of values.
  let last: Promise<unknown> = Promise.resolve();
  const call = (which: 'serialize' | 'deserialize', value: string): Promise<string> => {
    opening ??= openParser();
    const work = last.then(async () => run((await (opening as Promise<Parser>))[which], value));
    last = work.catch(() => {});
    return work;
  };

  async function parse(sql: string): Promise<SyntaxTree> {
    const { text, explain } = withoutExplain(sql);
    const json = await call('serialize', text);
    const tree = JSON.parse(json) as SyntaxTree;
    if (tree.error === true) throw parseError(tree, sql, text);
    const written = writeTokens(onlyStatement(tokenize(text, duckdbRules)));
    return { ...tree, explain, json, written };
  }

  return {
    parse,
    async deparse(tree) {
      // DuckDB's own writing first. Of a few trees it writes another one; then the tokens as they were given.
      for (const write of [() => call('deserialize', String(tree.json)), async () => String(tree.written)]) {
        const text = await write().catch(() => '');
        if (withoutPlaces(await call('serialize', text)) !== withoutPlaces(String(tree.json))) continue;
        return tree.explain === true ? `EXPLAIN ${text}` : text;
      }
      throw refusal('not_reproducible', 'the statement cannot be written out again exactly', {});
    },
    async scan(sql) {
      return tokenize(sql, duckdbRules);
    },
  };
}

async function openParser(): Promise<Parser> {
  const instance = await DuckDBInstance.create(':memory:', {
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
    lock_configuration: 'true',
  });
  const connection = await instance.connect();
  return {
    connection,
    serialize: await connection.prepare('SELECT json_serialize_sql($1::VARCHAR)'),
    deserialize: await connection.prepare('SELECT json_deserialize_sql($1::JSON)'),
  };
}

async function run(statement: DuckDBPreparedStatement, value: string): Promise<string> {
  statement.bindVarchar(1, value);
  const rows = (await statement.runAndReadAll()).getRows();
  return String(rows[0]?.[0]);
}

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
