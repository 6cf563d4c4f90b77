import { loadModule, parse, SqlError, scan } from 'libpg-query';
import { isMemoriError, MemoriError } from '../../../core/base/errors.ts';
import type { SqlSyntax, SqlToken, SyntaxTree } from '../../../core/data/syntax.ts';
import { sameTree } from '../../../core/sql/postgres/same-tree.ts';
import { PostgresWriter } from './writer.ts';

/** Longest SQL that is parsed, in characters. Some texts of twice this length overflow the parser's stack. */
const maxLength = 50_000;

/** PostgreSQL's own parser, compiled to WebAssembly (grammar of PostgreSQL 18), with a writer for its trees. */
export function createPostgresSyntax(): SqlSyntax {
  const parseText = async (sql: string): Promise<SyntaxTree> => {
    checkText(sql);
    return (await attempt(() => parse(sql))) as unknown as SyntaxTree;
  };
  return {
    parse: parseText,
    async deparse(tree) {
      // The plain form first, because people read it.
      for (const brackets of [false, true]) {
        const text = write(tree, brackets);
        if (text !== undefined && (await isWrittenForm(text, tree))) return text;
      }
      throw refusal(
        'not_reproducible',
        'the statement cannot be written out again exactly; write it in a simpler way',
        {},
      );
    },
    async scan(sql) {
      checkText(sql);
      const { tokens } = await attempt(() => scan(sql));
      return inCharacters(sql, tokens);
    },
  };

  async function isWrittenForm(text: string, tree: SyntaxTree): Promise<boolean> {
    try {
      return sameTree(await parseText(text), tree);
    } catch (error) {
      if (isMemoriError(error, 'sql_refused')) return false;
      throw error;
    }
  }
}

/** Undefined when the writer does not know a node. */
function write(tree: SyntaxTree, brackets: boolean): string | undefined {
  try {
    return new PostgresWriter(tree as never, brackets).deparseQuery();
  } catch {
    return undefined;
  }
}

function checkText(sql: string): void {
  if (sql.includes('\0')) throw refusal('syntax', 'the text holds a NUL character', { position: sql.indexOf('\0') });
  if (sql.length > maxLength) {
    throw refusal(
      'too_long',
      `the statement has ${sql.length} characters; the most that is checked is ${maxLength}`,
      {},
    );
  }
  if (sql.trim() === '') throw refusal('syntax', 'there is no statement in this text', {});
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  await loadModule();
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && error.message.includes('memory exhausted'))) {
      throw refusal('too_deep', 'the statement is nested too deeply to be parsed', { cause: error });
    }
    if (!(error instanceof SqlError)) throw refusal('syntax', 'the text is not SQL', { cause: error });
    const position = error.sqlDetails?.cursorPosition;
    throw refusal('syntax', error.message, { cause: error, ...(position === undefined ? {} : { position }) });
  }
}

function refusal(
  reason: 'syntax' | 'too_long' | 'too_deep' | 'not_reproducible',
  message: string,
  { position, cause }: { readonly position?: number; readonly cause?: unknown },
): MemoriError {
  return new MemoriError('sql_refused', message, {
    details: { reason, what: 'SQL', message, ...(position === undefined ? {} : { position }) },
    cause,
  });
}

type ByteToken = { readonly start: number; readonly end: number; readonly text: string };

/** Converts offsets: the scanner counts bytes of UTF-8, everything else UTF-16 units. */
function inCharacters(sql: string, tokens: readonly ByteToken[]): readonly SqlToken[] {
  const bytes = Buffer.from(sql, 'utf8');
  if (bytes.length === sql.length) return tokens.map(({ start, end, text }) => ({ start, end, text }));
  let at = 0;
  let offset = 0;
  return tokens.map(({ start, end }) => {
    offset += bytes.toString('utf8', at, start).length;
    const text = bytes.toString('utf8', start, end);
    const token = { start: offset, end: offset + text.length, text };
    offset = token.end;
    at = end;
    return token;
  });
}
