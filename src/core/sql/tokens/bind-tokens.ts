import { MemoriError } from '../../base/errors.ts';
import type { ParameterValue } from '../parameter-value.ts';
import { type LexicalRules, type Token, tokenize } from './lexer.ts';

/** How a dialect writes literals. */
export type Literals = {
  readonly text: (value: string) => string;
  readonly boolean: (value: boolean) => string;
  /** `day`: `YYYY-MM-DD`. */
  readonly date: (day: string) => string;
};

/**
 * SQL with each `:name` replaced by a literal. Placeholders are found among the tokens, so a colon in a string, a
 * comment, a cast (`::`) or a slice (`a[1:n]`) is not one. A literal is a single token, so a value cannot become SQL.
 * Errors: those of `tokenize`; `invalid_input` when a value is missing or cannot be written as a literal.
 */
export function bindTokens(
  sql: string,
  values: Readonly<Record<string, ParameterValue>>,
  { rules, literals }: { readonly rules: LexicalRules; readonly literals: Literals },
): string {
  const tokens = tokenize(sql, rules);
  let text = '';
  let copied = 0;
  tokens.forEach((token, index) => {
    const name = tokens[index + 1];
    if (name === undefined || !isPlaceholder(token, name, tokens[index - 1])) return;
    const value = Object.hasOwn(values, name.text) ? values[name.text] : undefined;
    if (value === undefined) invalid(name.text, 'has no value');
    text += `${sql.slice(copied, token.start)}${literalOf(name.text, value, literals)}`;
    copied = name.end;
  });
  return text + sql.slice(copied);
}

function isPlaceholder(colon: Token, name: Token, before: Token | undefined): boolean {
  const isColon = colon.text === ':' && name.start === colon.end && /^[a-z][a-z0-9_]*$/.test(name.text);
  // After a value, the colon makes a slice or the key of a struct.
  const isSlice = before !== undefined && before.end === colon.start && /[\w"'\])]$/.test(before.text);
  return isColon && !isSlice;
}

function literalOf(name: string, value: ParameterValue, literals: Literals): string {
  if (typeof value === 'boolean') return literals.boolean(value);
  if (typeof value === 'number') return numberLiteral(name, value);
  if (typeof value === 'string')
    return value.includes('\0') ? invalid(name, 'holds a NUL character') : literals.text(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value.date)) return invalid(name, 'is not a date written YYYY-MM-DD');
  return literals.date(value.date);
}

/** In brackets when it has a sign, because a minus binds less tightly than what may follow. */
function numberLiteral(name: string, value: number): string {
  if (!Number.isFinite(value)) return invalid(name, 'is not a number');
  return value < 0 || Object.is(value, -0) ? `(${value})` : String(value);
}

function invalid(name: string, why: string): never {
  throw new MemoriError('invalid_input', `The parameter ${name} ${why}.`, { details: { what: name } });
}
