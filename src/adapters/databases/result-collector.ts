import type { Cell, Column, QueryLimits, ResultRows } from '../../core/sql/database.ts';
import { cellOf, columnTypeOf } from './postgres-types.ts';

type Field = { readonly name: string; readonly dataTypeID: number };

/** Gathers rows as PostgreSQL sends them (text, or null) until a cap is reached. */
export type ResultCollector = {
  fields(fields: readonly Field[]): void;
  /** Adds a row, unless a cap is reached. */
  add(row: readonly (string | null)[]): void;
  /** A row did not fit: no more are wanted. */
  isFull(): boolean;
  /** `ms`: milliseconds in the database. */
  result(ms: number): ResultRows;
};

export function createResultCollector(limits: QueryLimits): ResultCollector {
  let columns: readonly Column[] = [];
  const rows: (readonly Cell[])[] = [];
  let bytes = 0;
  let truncated = false;
  return {
    fields(fields) {
      columns = fields.map(({ name, dataTypeID }) => ({ name, type: columnTypeOf(dataTypeID) }));
    },
    add(row) {
      if (truncated) return;
      const cells = row.map((text, index) => cellOf(text, columns[index]?.type ?? 'text', limits.maxCellLength));
      bytes += cells.reduce<number>((sum, cell) => sum + byteLength(cell), 0);
      truncated = rows.length >= limits.maxRows || bytes > limits.maxBytes;
      if (!truncated) rows.push(cells);
    },
    isFull: () => truncated,
    result: (ms) => ({ columns, rows, rowCount: rows.length, truncated, ms }),
  };
}

const byteLength = (cell: Cell): number => (cell === null ? 0 : Buffer.byteLength(String(cell)));
