import { literally, quoteText } from './forms/form-reading.ts';
import { missingWords, unmistakableWords } from './forms/missing-words.ts';

const space = '[\\s\\x{00a0}\\x{2007}\\x{202f}\\x{3000}]';

/** Without the spaces around it, no-break ones too. The pattern is quicker than trimming what needs none. */
export const trimmedSql = (column: string): string =>
  `CASE WHEN regexp_matches(${column}, '^${space}|${space}$') THEN trim(${column}, ' \t\r\n\u00a0\u2007\u202f\u3000') ELSE ${column} END`;

/** A relation with the trimmed value of each column c<index> as t<index> beside it. */
export const withTrimmed = (relation: string, indexes: readonly number[]): string =>
  `(SELECT *, ${indexes.map((index) => `${trimmedSql(`c${index}`)} AS t${index}`).join(', ')} FROM ${relation})`;

// One pattern, not a list: the engine plans a list of forty words word by word, for each column.
const among = (value: string, words: Iterable<string>): string =>
  `regexp_full_match(${value}, ${quoteText([...words].map(literally).join('|'))})`;

const longestWord = Math.max(...[...missingWords].map(({ length }) => length));

/** Whether a trimmed value stands for none. In a text column only words that are no text of their own do. */
export function missingSql(value: string, own: ReadonlySet<string>, isText: boolean): string {
  const words = isText
    ? `${value} IN (${[...unmistakableWords].map(quoteText).join(', ')})`
    : `(length(${value}) <= ${longestWord} AND ${among(`lower(${value})`, missingWords)})`;
  return `(${value} IS NULL OR ${words}${own.size === 0 ? '' : ` OR ${among(value, own)}`})`;
}
