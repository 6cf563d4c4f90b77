/**
 * What programs write where they have no value: R, pandas, SQL clients, spreadsheets with their errors, MySQL's day
 * zero. Compared in lower case. They count as missing only in a column whose other values are no text.
 */
const written = [
  '', 'na', 'n/a', 'n.a.', 'n.a', '#n/a', '#na', '<na>', 'nan', '-nan', 'nat', 'null', '(null)', '#null!', 'none', 'nil',
  '\\n', '-', '--', '---', '–', '—', '.', '..', '...', '?', 'missing', 'not available', 'not applicable',
  '#div/0!', '#value!', '#ref!', '#name?', '#num!', '0000-00-00', '0000-00-00 00:00:00', '无', '空', '暂无',
] as const; // biome-ignore format: a table

/** Nobody writes these as a text of their own. */
export const unmistakableWords: ReadonlySet<string> = new Set(['', '\\N', '#N/A', '<NA>', 'NULL', '(null)', '#NULL!']);

export const missingWords: ReadonlySet<string> = new Set(written);

export const isMissing = (text: string, own: ReadonlySet<string>): boolean =>
  missingWords.has(text.toLowerCase()) || own.has(text);
