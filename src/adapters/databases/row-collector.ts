import type { Cell, Column, QueryLimits, ResultRows } from '../../core/data/database.ts';

/** Gathers rows of cells until a cap is reached. */
export type RowCollector = {
  /** Adds a row, unless a cap is reached. */
  add(cells: readonly Cell[]): void;
  /** A row did not fit, so no more are needed. */
  isFull(): boolean;
  readonly rows: readonly (readonly Cell[])[];
  /** `ms`: milliseconds in the database. */
  result(columns: readonly Column[], ms: number): ResultRows;
};

/** Collects rows up to `maxRows` and `maxBytes`. */
export function createRowCollector(limits: QueryLimits): RowCollector {
  const rows: (readonly Cell[])[] = [];
  let bytes = 0;
  let truncated = false;
  return {
    rows,
    add(cells) {
      if (truncated) return;
      bytes += cells.reduce<number>((sum, cell) => sum + (cell === null ? 0 : Buffer.byteLength(String(cell))), 0);
      truncated = rows.length >= limits.maxRows || bytes > limits.maxBytes;
      if (!truncated) rows.push(cells);
    },
    isFull: () => truncated,
    result: (columns, ms) => ({ columns, rows, rowCount: rows.length, truncated, ms }),
  };
}
