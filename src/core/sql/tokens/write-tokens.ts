import type { Token } from './lexer.ts';

/** Words with a blank before a bracket, for looks only; the engine reads both the same. */
const spaced: ReadonlySet<string> = new Set(
  'all and any as between by case distinct else except exists from having in intersect is join like not on or over select set some then union using values when where with'.split(
    ' ',
  ),
);

/**
 * The tokens as SQL: their own texts, with one blank or line break between them, so that no two run together and no
 * comment comes back.
 */
export function writeTokens(tokens: readonly Token[]): string {
  let text = '';
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (before !== undefined) text += gapBetween(before, token);
    text += token.text;
  });
  return text;
}

function gapBetween(before: Token, token: Token): string {
  if (isDot(before) || isDot(token)) return '';
  // MySQL reads `count (1)` as a user-defined function.
  if (token.text === '(' && before.kind === 'word' && !spaced.has(before.value)) return '';
  if (token.breaks) return '\n';
  return token.text === ',' || token.text === ')' || before.text === '(' ? '' : ' ';
}

const isDot = (token: Token): boolean => token.kind === 'symbol' && token.text === '.';
