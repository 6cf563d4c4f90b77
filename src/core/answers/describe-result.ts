import type { Locale } from '../base/namespace.ts';
import type { Cell, ResultRows } from '../data/database.ts';
import { textsFor } from '../texts/texts-for.ts';

/** The most columns that read well in one sentence. */
const sentenceColumns = 4;

/**
 * A plain sentence for a result without a wording of its own: the figures of a single row, otherwise the number of
 * rows.
 */
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
