import type { ResultRows } from '../data/database.ts';

/** Writes a result as RFC 4180 CSV (UTF-8 with BOM, CRLF), text cells neutralised against formula injection. */
export interface CsvWriter {
  csv(result: ResultRows): Promise<Uint8Array>;
}
