import { type Token, tokenize } from '../tokens/lexer.ts';
import { onlyStatement } from '../tokens/parse-query.ts';
import { writeTokens } from '../tokens/write-tokens.ts';
import { duckdbRules } from './lexical-rules.ts';

/** A placeholder for the values that the engine has yet to look up. */
const openList = "IN ('any value')";

/** Removes the placeholders again. */
export const withoutLists = (written: string): string => written.replaceAll(` ${openList}`, '');

/** A PIVOT statement in a form that can be checked. */
export type StaticPivot = {
  /** The statement, from its tokens. */
  readonly written: string;
  /** The same with a list after every column a PIVOT has to look up the values of. */
  readonly withLists: string;
};

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.value);

/**
 * DuckDB turns `PIVOT t ON column` into two statements that its parser does not show. With a list of values it is one
 * statement, and visible. Undefined when the text has no such PIVOT.
 */
export function staticPivot(sql: string): StaticPivot | undefined {
  if (!/pivot/i.test(sql)) return undefined;
  const tokens = onlyStatement(tokenize(sql, duckdbRules));
  const ends = new Set(tokens.flatMap((token, index) => (isWord(token, 'pivot') ? openColumns(tokens, index) : [])));
  if (ends.size === 0) return undefined;
  const withLists = tokens.map((token, index) =>
    ends.has(index) ? { ...token, text: `${token.text} ${openList}` } : token,
  );
  return { written: writeTokens(tokens), withLists: writeTokens(withLists) };
}

/** Indexes of the last token of each expression after ON that has no list of values. */
function openColumns(tokens: readonly Token[], pivot: number): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  let state: 'source' | 'open' | 'listed' = 'source';
  for (let index = pivot + 1; index <= tokens.length; index += 1) {
    const token = tokens[index];
    const isEnd =
      token === undefined || (depth === 0 && (token.text === ')' || isWord(token, 'using', 'group', 'order', 'limit')));
    if (state === 'open' && (isEnd || (depth === 0 && token.text === ','))) ends.push(index - 1);
    if (token === undefined || (isEnd && (state !== 'source' || token.text === ')'))) break;
    if (/^[([{]$/.test(token.text)) depth += 1;
    else if (/^[)\]}]$/.test(token.text)) depth -= 1;
    else if (depth > 0) continue;
    else if (isWord(token, 'on') && state === 'source') state = 'open';
    else if (isWord(token, 'in') && state === 'open') state = 'listed';
    else if (token.text === ',' && state === 'listed') state = 'open';
  }
  return ends;
}
