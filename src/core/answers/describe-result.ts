import type { Locale } from '../base/namespace.ts';
import type { Cell, ResultRows } from '../data/database.ts';
import { textsFor } from '../texts/texts-for.ts';

/** Columns that still read well in one sentence. */
const sentenceColumns = 4;

/** A plain sentence for a result that nobody wrote one for: the figures of a single row, otherwise how many rows there are. */
export function describeResult(result: ResultRows, locale: Locale): string {
  const texts = textsFor(locale);
  const [row] = result.rows;
  if (!row) return texts.noRows;
  if (result.rows.length === 1 && row.length <= sentenceColumns)
    return texts.oneRow(
      result.columns.map(({ name }, index) => `${name.replaceAll('_', ' ')}: ${cellText(row[index] ?? null, locale)}`),
    );
  return texts.rows(result.rowCount.toLocaleString(locale), result.truncated);
}

const cellText = (cell: Cell, locale: Locale): string =>
  typeof cell === 'number' ? cell.toLocaleString(locale) : (cell?.toString() ?? '–');
