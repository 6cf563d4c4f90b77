import type { ColumnKind } from '../../../core/data/understood.ts';

/**
 * One way to read all values of a column. The pattern and the SQL are written for RE2 and for JavaScript alike, so that
 * what is tried on a sample here is proved on every row in DuckDB.
 */
export type FormReading = {
  readonly kind: ColumnKind;
  /** The form for people: `1,234.50`, `day/month/year`. */
  readonly form: string;
  /** The value of a trimmed text as SQL; NULL where the text does not have the form. */
  toSql(text: string): string;
  /** The same as a value of a type, shorter, for values that were proved to have the form or to be missing. */
  readonly toTypedSql?: (text: string, type: string) => string | undefined;
  /** The values of the sample in this reading. Two readings that give the same values are the same. */
  readonly values: readonly string[];
  /** Numbers: the mark between whole and fraction, and what the amounts are of. */
  readonly decimal?: '.' | ',';
  readonly unit?: string;
  /** Dates: whether the day, the month or the year comes first, where that makes a difference. */
  readonly order?: DateOrder;
  /** What was taken for granted, in a sentence. */
  readonly assumptions: readonly string[];
};

export type DateOrder = 'DMY' | 'MDY' | 'YMD';

export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A text as part of a pattern that stands for itself. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
