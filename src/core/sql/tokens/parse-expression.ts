import { clauseWords, type Grammar, reservedWords, wordSet } from './grammar.ts';
import type { Token } from './lexer.ts';
import type { Expression, ExpressionPart, Name, Query } from './query-tree.ts';
import { refuseAt } from './refuse-at.ts';
import { maxDepth, type TokenReader } from './token-reader.ts';

const prefixSymbols: ReadonlySet<string> = new Set(['-', '+', '~', '!']);
const infixSymbols: ReadonlySet<string> = new Set(
  '= == <> != < <= > >= <=> + - * / % || && | & << >> ^ -> ->>'.split(' '),
);
const queryStarts = wordSet('select with values table');
/** Words after a bracketed query that continue it. */
const queryJoins = wordSet('union except intersect minus order limit');
const frameWords = wordSet(
  'rows range groups between and unbounded preceding following current row exclude no others group ties',
);
const trimWords = wordSet('leading trailing both from');
const callWords = wordSet('from for');

/**
 * Parses expressions. `readQuery` parses a query that begins at the current token: queries hold expressions and
 * expressions hold queries.
 */
export class ExpressionParser {
  readonly #reader: TokenReader;
  readonly #grammar: Grammar;
  readonly #readQuery: () => Query;

  constructor(reader: TokenReader, grammar: Grammar, readQuery: () => Query) {
    this.#reader = reader;
    this.#grammar = grammar;
    this.#readQuery = readQuery;
  }

  /** Operands and the operators between them, up to what belongs to neither. */
  read(): Expression {
    return this.#reader.nested(() => {
      const parts = this.#operand();
      while (this.#postfix() || this.#infix()) {
        if (this.#endsWithOperator) parts.push(...this.#operand());
      }
      return parts;
    });
  }

  /** Whether what was stepped over last wants an operand after it. */
  #endsWithOperator = false;

  /** `x`, `"x"` or `a.b.c`. */
  readPath(): readonly Name[] {
    const path = [this.readName()];
    while (this.#reader.takeSymbol('.')) path.push(this.readName(true));
    return path;
  }

  /** A name. Right after a dot every word is one. */
  readName(anyWord = false): Name {
    const { token } = this.#reader;
    const isName = token?.kind === 'name' || (token?.kind === 'word' && (anyWord || !reservedWords.has(token.value)));
    if (token === undefined || !isName) return this.#reader.unexpected('a name');
    this.#reader.at += 1;
    return nameOf(token);
  }

  /** `( … )` with whatever `read` reads inside. */
  bracketed<T>(read: () => T): T {
    return this.#reader.nested(() => {
      this.#reader.expectSymbol('(');
      const inside = read();
      this.#reader.expectSymbol(')');
      return inside;
    });
  }

  /** A query begins here, in brackets or not; `(SELECT 1) + 1` and `(SELECT 1), 2` begin with a value. */
  get startsQuery(): boolean {
    return this.#isQueryAt(0);
  }

  /** The brackets that begin here hold a query. */
  get bracketsQuery(): boolean {
    return this.#reader.isSymbol('(') && this.#isQueryAt(1);
  }

  #isQueryAt(ahead: number): boolean {
    const reader = this.#reader;
    if (ahead > maxDepth) return false;
    if (!reader.isSymbol('(', ahead)) {
      const token = reader.peek(ahead);
      return token?.kind === 'word' && queryStarts.has(token.value);
    }
    if (!this.#isQueryAt(ahead + 1)) return false;
    const after = reader.peek(reader.closing(ahead) + 1);
    return after === undefined || after.text === ')' || (after.kind === 'word' && queryJoins.has(after.value));
  }

  /** `expression [ASC | DESC] [NULLS FIRST | LAST], …` */
  readOrder(): readonly Expression[] {
    return this.#reader.list(() => {
      const expression = this.read();
      if (!this.#reader.takeWords('asc')) this.#reader.takeWords('desc');
      if (this.#reader.takeWords('nulls') && !this.#reader.takeWords('first')) this.#reader.expectWords('last');
      return expression;
    });
  }

  /** `([name] [PARTITION BY …] [ORDER BY …] [frame])` */
  readWindow(): Expression {
    return this.bracketed(() => {
      const reader = this.#reader;
      const parts: ExpressionPart[] = [];
      const { token } = reader;
      const isBase =
        token?.kind === 'name' ||
        (token?.kind === 'word' && !/^(partition|order|rows|range|groups)$/.test(token.value));
      if (isBase) this.readName();
      if (reader.takeWords('partition', 'by')) parts.push(...reader.list(() => this.read()).flat());
      if (reader.takeWords('order', 'by')) parts.push(...this.readOrder().flat());
      while (!reader.isSymbol(')')) if (reader.takeOneOf(frameWords) === undefined) parts.push(...this.#operand());
      return parts;
    });
  }

  #infix(): boolean {
    const reader = this.#reader;
    const { token } = reader;
    this.#endsWithOperator = true;
    if (token?.kind === 'symbol' && infixSymbols.has(token.text)) {
      reader.at += 1;
      return true;
    }
    if (token?.kind !== 'word') return false;
    if (reader.takeWords('is', 'not', 'distinct', 'from') || reader.takeWords('is', 'distinct', 'from')) return true;
    if (reader.takeWords('is', 'not') || reader.takeWords('sounds', 'like') || reader.takeWords('member', 'of'))
      return true;
    if (reader.takeWords('not')) {
      if (reader.takeOneOf(this.#grammar.infixWords) === undefined) reader.unexpected();
      return true;
    }
    // `x IN t` reads a table; `POSITION(x IN y)` is a call's own.
    if (reader.isWords('in') && !reader.isSymbol('(', 1)) return false;
    return reader.takeOneOf(this.#grammar.infixWords) !== undefined;
  }

  #postfix(): boolean {
    const reader = this.#reader;
    this.#endsWithOperator = false;
    if (reader.takeWords('collate')) {
      if (reader.token?.kind === 'symbol') reader.unexpected('a collation');
      reader.at += 1;
      return true;
    }
    return reader.takeWords('isnull') || reader.takeWords('notnull') || reader.takeWords('not', 'null');
  }

  #operand(): ExpressionPart[] {
    const reader = this.#reader;
    const { token } = reader;
    if (token === undefined) return reader.unexpected('a value');
    if (token.kind === 'symbol') return this.#symbolOperand(token);
    if (token.kind === 'number') {
      reader.at += 1;
      return [{ kind: 'number', value: Number(token.text) }];
    }
    if (token.kind === 'string') return this.#strings();
    if (token.kind === 'word') return this.#wordOperand(token);
    return this.#nameOperand();
  }

  #symbolOperand(token: Token): ExpressionPart[] {
    const reader = this.#reader;
    if (prefixSymbols.has(token.text)) {
      reader.at += 1;
      return reader.nested(() => this.#operand());
    }
    if (token.text === '*') {
      reader.at += 1;
      return [{ kind: 'star', path: [], position: token.start }];
    }
    if (token.text === '(') return this.#brackets();
    if (/^[@:?$]/.test(token.text)) {
      refuseAt(token.start, {
        reason: token.text === '@' ? 'setting' : 'parameter',
        what: token.text,
        message: 'variables and parameters without a value are not allowed',
      });
    }
    return reader.unexpected('a value');
  }

  #strings(): ExpressionPart[] {
    const reader = this.#reader;
    do reader.at += 1;
    while (this.#grammar.joinsStrings && reader.token?.kind === 'string');
    return [];
  }

  /** A query, a value in brackets, or a row of values. */
  #brackets(outputIgnored = false): ExpressionPart[] {
    const { bracketsQuery } = this;
    return this.bracketed((): ExpressionPart[] => {
      if (bracketsQuery) return [{ kind: 'query', query: this.#readQuery(), outputIgnored }];
      if (this.#reader.isSymbol(')')) return [];
      return this.#reader.list(() => this.read()).flat();
    });
  }

  #wordOperand(token: Token): ExpressionPart[] {
    const reader = this.#reader;
    const word = token.value;
    if (reader.isSymbol('.', 1)) return this.#nameOperand();
    if (word === 'case') return this.#case();
    if (word === 'exists' && reader.isSymbol('(', 1)) {
      reader.at += 1;
      return this.#brackets(true);
    }
    if (word === 'interval' && this.#grammar.units.size > 0 && !this.#isIntervalFunction()) return this.#interval();
    if (this.#grammar.prefixWords.has(word)) {
      reader.at += 1;
      return reader.nested(() => this.#operand());
    }
    if (reader.isSymbol('(', 1)) return this.#call();
    if (this.#grammar.valueWords.has(word)) {
      reader.at += 1;
      return [];
    }
    const next = reader.peek();
    if (next?.kind === 'string' && (this.#grammar.typedLiterals.has(word) || word.startsWith('_'))) {
      reader.at += 1;
      return this.#strings();
    }
    if (clauseWords.has(word)) return reader.unexpected('a value');
    return this.#nameOperand();
  }

  /** A column, a star of a table, or a function whose name is quoted or has a schema. */
  #nameOperand(): ExpressionPart[] {
    const reader = this.#reader;
    const path: Name[] = [this.readName(true)];
    while (reader.takeSymbol('.')) {
      const { position } = reader;
      if (reader.takeSymbol('*')) return [{ kind: 'star', path, position: position ?? 0 }];
      path.push(this.readName(true));
    }
    if (reader.isSymbol('(')) return this.#callOf(path);
    return [{ kind: 'column', path }];
  }

  #case(): ExpressionPart[] {
    const reader = this.#reader;
    reader.expectWords('case');
    const parts: ExpressionPart[] = reader.isWords('when') ? [] : [...this.read()];
    while (reader.takeWords('when')) {
      parts.push(...this.read());
      reader.expectWords('then');
      parts.push(...this.read());
    }
    if (reader.takeWords('else')) parts.push(...this.read());
    reader.expectWords('end');
    return parts;
  }

  /** `INTERVAL(1, 2)` is a function, `INTERVAL (1) * 2 DAY` is a length of time. */
  #isIntervalFunction(): boolean {
    const reader = this.#reader;
    if (!reader.isSymbol('(', 1)) return false;
    const end = reader.closing(1);
    for (let ahead = 2; ahead < end; ahead += 1) {
      if (reader.isSymbol(',', ahead)) return true;
      if (reader.isSymbol('(', ahead)) ahead = reader.closing(ahead);
    }
    return false;
  }

  #interval(): ExpressionPart[] {
    this.#reader.expectWords('interval');
    const parts = this.read();
    if (this.#reader.takeOneOf(this.#grammar.units) === undefined) this.#reader.unexpected('a unit of time');
    return [...parts];
  }

  #call(): ExpressionPart[] {
    return this.#callOf([this.readName(true)]);
  }

  #callOf(path: readonly Name[]): ExpressionPart[] {
    this.#refuseQuoted(path);
    const name = path.at(-1)?.name.toLowerCase() ?? '';
    const args = this.bracketed(() => this.#arguments(name));
    const call: ExpressionPart = { kind: 'call', path, args };
    return [call, ...this.#afterCall(name)];
  }

  /** For MySQL a quoted function may be another than the one of that name without quotes. */
  #refuseQuoted(path: readonly Name[]): void {
    const name = this.#reader.peek(-1);
    if (name?.kind !== 'name') return;
    refuseAt(name.start, {
      reason: 'function',
      what: path.map((part) => part.name).join('.'),
      message: `the function ${name.value} must be written without quotes`,
    });
  }

  #arguments(name: string): readonly Expression[] {
    const reader = this.#reader;
    if (reader.takeSymbol(')')) {
      reader.at -= 1;
      return [];
    }
    // count(*) reads no column.
    if (reader.isSymbol('*') && reader.isSymbol(')', 1)) {
      reader.at += 1;
      return [];
    }
    if (!reader.takeWords('distinct')) reader.takeWords('all');
    if (name === 'trim') reader.takeOneOf(trimWords);
    if (this.startsQuery) return [[{ kind: 'query', query: this.#readQuery(), outputIgnored: false }]];
    const args = [...this.#firstArguments(name)];
    while (!reader.isSymbol(')')) args.push(this.#nextArgument(name));
    return args;
  }

  #firstArguments(name: string): readonly Expression[] {
    const reader = this.#reader;
    const isUnit = this.#grammar.unitFunctions.has(name) && reader.takeOneOf(this.#grammar.units) !== undefined;
    if (isUnit || reader.isSymbol(')') || reader.isWords('from')) return [];
    return [this.read()];
  }

  /** What follows a first argument: another, or one of the words SQL puts between arguments. */
  #nextArgument(name: string): Expression {
    const reader = this.#reader;
    if (reader.takeSymbol(',')) return name === 'convert' ? this.readType() : this.read();
    if (reader.takeWords('order', 'by')) return this.readOrder().flat();
    if (reader.takeWords('separator')) return this.#operand();
    if (reader.takeWords('limit') || reader.takeWords('offset')) return this.read();
    if (name === 'cast' || name === 'convert' || name === 'json_value') {
      if (reader.takeWords('as') || reader.takeWords('returning')) return this.readType();
    }
    if (reader.takeWords('using')) return this.readType();
    if (name === 'against' && (reader.takeWords('in') || reader.takeWords('with'))) return this.readType();
    if (name === 'position' && reader.takeWords('in')) return this.read();
    if (reader.takeOneOf(callWords) !== undefined) return this.read();
    return reader.unexpected();
  }

  /** The words of a type or character set, as far as the closing bracket: none of them is a name of ours. */
  readType(): Expression {
    const reader = this.#reader;
    while (!reader.isSymbol(')') && !reader.isSymbol(',')) this.readTypePart();
    return [];
  }

  /** A word or a literal of a type and of what to do without a value, or `(10, 2)`. */
  readTypePart(): void {
    const reader = this.#reader;
    // DEFAULT takes a literal; a word with brackets would be a call.
    if (reader.takeWords('default') && reader.isSymbol('(', 1)) reader.unexpected('a literal');
    if (reader.isSymbol('(')) this.bracketed(() => reader.list(() => reader.expectNumber()));
    else if (reader.isSymbol('-') && reader.peek()?.kind === 'number') reader.at += 2;
    else if (reader.token === undefined || /^(?:name|symbol)$/.test(reader.token.kind)) reader.unexpected('a type');
    else reader.at += 1;
  }

  #afterCall(name: string): ExpressionPart[] {
    const reader = this.#reader;
    const parts: ExpressionPart[] = [];
    if (name === 'match' && reader.isWords('against')) parts.push(...this.#call());
    if (reader.takeWords('within', 'group')) {
      parts.push(
        ...this.bracketed(() => {
          reader.expectWords('order', 'by');
          return this.readOrder().flat();
        }),
      );
    }
    if (name === 'nth_value' && !reader.takeWords('from', 'first')) reader.takeWords('from', 'last');
    if (reader.takeWords('filter')) {
      parts.push(
        ...this.bracketed(() => {
          reader.expectWords('where');
          return this.read();
        }),
      );
    }
    if (reader.takeWords('respect') || reader.takeWords('ignore')) reader.expectWords('nulls');
    if (reader.takeWords('over')) {
      if (reader.isSymbol('(')) parts.push(...this.readWindow());
      else this.readName();
    }
    return parts;
  }
}

/** The name that a token writes, with its position. */
export const nameOf = (token: Token): Name => ({
  name: token.kind === 'name' ? token.value : token.text,
  position: token.start,
});

/**
 * An upper bound for a calculation of whole numbers: their product, for a number of bytes or repetitions. Undefined
 * when anything else takes part.
 */
export const largestNumber = (expression: Expression | undefined): number | undefined => {
  const values = (expression ?? []).map((part) =>
    part.kind === 'number' ? Math.max(1, Math.abs(part.value)) : Number.NaN,
  );
  const product = values.reduce((a, b) => a * b, 1);
  return values.length === 0 || Number.isNaN(product) ? undefined : product;
};
