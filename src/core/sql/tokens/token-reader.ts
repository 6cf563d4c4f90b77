import type { Token } from './lexer.ts';
import { refuseAt, syntaxError } from './refuse-at.ts';

/** Levels of brackets and queries in one statement; deeper ones could exhaust the stack. */
export const maxDepth = 200;

/** A cursor over the tokens of one statement. */
export class TokenReader {
  readonly tokens: readonly Token[];
  at = 0;
  #depth = 0;
  /** Index of an opening bracket → index of its closing one. */
  readonly #closings: ReadonlyMap<number, number>;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    this.#closings = closingsOf(tokens);
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  peek(ahead = 1): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  /** Offset of the token ahead; of the end of the text after the last. */
  get position(): number | undefined {
    return this.token?.start ?? this.tokens.at(-1)?.end;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'symbol' && token.text === text;
  }

  /** The words ahead are these, in this order. */
  isWords(...words: readonly string[]): boolean {
    return words.every((word, index) => {
      const token = this.tokens[this.at + index];
      return token?.kind === 'word' && token.value === word;
    });
  }

  /** Steps over the words when they are ahead. */
  takeWords(...words: readonly string[]): boolean {
    if (!this.isWords(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** Steps over a word that is one of these, and gives it. */
  takeOneOf(words: ReadonlySet<string>): string | undefined {
    const token = this.token;
    if (token?.kind !== 'word' || !words.has(token.value)) return undefined;
    this.at += 1;
    return token.value;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.at += 1;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.takeSymbol(text)) this.unexpected(text);
  }

  expectWords(...words: readonly string[]): void {
    if (!this.takeWords(...words)) this.unexpected(words.join(' ').toUpperCase());
  }

  /** How far ahead the bracket closes that opens at `ahead`; past the end when it does not. */
  closing(ahead: number): number {
    return (this.#closings.get(this.at + ahead) ?? this.tokens.length) - this.at;
  }

  expectNumber(): void {
    if (this.token?.kind !== 'number') this.unexpected('a number');
    this.at += 1;
  }

  unexpected(expected?: string): never {
    const token = this.token;
    const found = token === undefined ? 'the end' : token.text.slice(0, 40);
    return syntaxError(
      `${expected === undefined ? '' : `${expected} is expected, `}${found} is not understood here`,
      this.position,
    );
  }

  /** One level deeper for the time of the work. */
  nested<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      refuseAt(this.position, {
        reason: 'too_deep',
        what: 'nesting',
        message: 'the statement is nested too deeply to be checked',
      });
    }
    const result = work();
    this.#depth -= 1;
    return result;
  }

  /** Comma-separated. */
  list<T>(read: () => T): readonly T[] {
    const items = [read()];
    while (this.takeSymbol(',')) items.push(read());
    return items;
  }
}

function closingsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'symbol') return;
    if (text === '(') open.push(index);
    const start = text === ')' ? open.pop() : undefined;
    if (start !== undefined) closings.set(start, index);
  });
  return closings;
}
