import type { Column, QueryLimits, ResultRows } from '../../../core/data/database.ts';
import { createRowCollector } from '../row-collector.ts';
import { cellOf, columnTypeOf } from './types.ts';

type Field = { readonly name: string; readonly dataTypeID: number };

/** Gathers rows as PostgreSQL sends them (text, or null) until a cap is reached. */
export type ResultCollector = {
  fields(fields: readonly Field[]): void;
  /** Adds a row, unless a cap is reached. */
  add(row: readonly (string | null)[]): void;
  /** A row did not fit, so no more are needed. */
  isFull(): boolean;
  /** `ms`: milliseconds in the database. */
  result(ms: number): ResultRows;
};

/** Collects rows up to the caps of `limits`, and converts each cell by its type. */
export function createResultCollector(limits: QueryLimits): ResultCollector {
  let columns: readonly Column[] = [];
  const rows = createRowCollector(limits);
  return {
    fields(fields) {
      columns = fields.map(({ name, dataTypeID }) => ({ name, type: columnTypeOf(dataTypeID) }));
    },
    add(row) {
      rows.add(row.map((text, index) => cellOf(text, columns[index]?.type ?? 'text', limits.maxCellLength)));
    },
    isFull: rows.isFull,
    result: (ms) => rows.result(columns, ms),
  };
}
