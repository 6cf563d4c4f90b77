import { BIGINT, type DuckDBConnection, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';

/** Rows that the engine takes at once. */
const chunkRows = 2048;

export type RawRow = { readonly line: number; readonly cells: readonly (string | null)[] };

/** A table of text that rows are put into: `line`, c0, c1 and so on. */
export async function createRawTable(connection: DuckDBConnection, name: string, width: number) {
  const columns = Array.from({ length: width }, (_, index) => `c${index} VARCHAR`);
  await connection.run(`CREATE OR REPLACE TABLE ${name} (line BIGINT, ${columns.join(', ')})`);
  const appender = await connection.createAppender(name);
  const types = [BIGINT, ...columns.map(() => VARCHAR)];
  let rows = 0;
  let waiting: RawRow[] = [];
  const flush = (isLast: boolean) => {
    let from = 0;
    for (; waiting.length - from >= (isLast ? 1 : chunkRows); from += chunkRows) {
      const part = waiting.slice(from, from + chunkRows);
      const chunk = DuckDBDataChunk.create(types, part.length);
      chunk.setColumns([
        part.map(({ line }) => BigInt(line)),
        ...columns.map((_, index) => part.map(({ cells }) => cells[index] ?? null)),
      ]);
      appender.appendDataChunk(chunk);
    }
    waiting = waiting.slice(from);
  };
  return {
    add(more: readonly RawRow[]) {
      rows += more.length;
      waiting = waiting.concat(more);
      flush(false);
    },
    close(): number {
      flush(true);
      appender.closeSync();
      return rows;
    },
  };
}
