import { clauseWords, type Grammar, reservedWords, wordSet } from './grammar.ts';
import type { Token } from './lexer.ts';
import { ExpressionParser, nameOf } from './parse-expression.ts';
import type {
  Arm,
  Cte,
  Expression,
  From,
  FromItem,
  FromSource,
  Limit,
  Name,
  ParsedStatement,
  Query,
  SelectItem,
} from './query-tree.ts';
import { refuseAt, syntaxError } from './refuse-at.ts';
import { TokenReader } from './token-reader.ts';

const joinWords = wordSet('inner cross left right full outer straight_join join');
const shownLists = wordSet('tables databases schemas');
const shownParts = wordSet('columns fields index indexes keys');
const hintWords = wordSet('use force ignore');

/** Parses one statement. Refuses what is not a read, and what it does not understand. */
export function parseStatement(tokens: readonly Token[], sql: string, grammar: Grammar): ParsedStatement {
  return new QueryParser(new TokenReader(onlyStatement(tokens)), sql, grammar).readStatement();
}

/** The tokens without the semicolons at the end. */
export function onlyStatement(tokens: readonly Token[]): readonly Token[] {
  const isEnd = (token: Token | undefined) => token?.kind === 'symbol' && token.text === ';';
  let end = tokens.length;
  while (end > 0 && isEnd(tokens[end - 1])) end -= 1;
  const inside = tokens.slice(0, end);
  const stray = inside.find(isEnd);
  if (stray !== undefined) {
    refuseAt(stray.start, {
      reason: 'not_one_statement',
      what: ';',
      message: 'there is more than one statement here; exactly one is run at a time',
    });
  }
  if (inside.length === 0) syntaxError('there is no statement in this text', 0);
  return inside;
}

class QueryParser {
  readonly #reader: TokenReader;
  readonly #sql: string;
  readonly #grammar: Grammar;
  readonly #expressions: ExpressionParser;

  constructor(reader: TokenReader, sql: string, grammar: Grammar) {
    this.#reader = reader;
    this.#sql = sql;
    this.#grammar = grammar;
    this.#expressions = new ExpressionParser(reader, grammar, () => this.readQuery());
  }

  readStatement(): ParsedStatement {
    const statement = this.#statement();
    if (this.#reader.token !== undefined) this.#refuseRest();
    return statement;
  }

  #statement(): ParsedStatement {
    const reader = this.#reader;
    if (this.#expressions.startsQuery) return { kind: 'query', query: this.readQuery(), explain: false };
    if (this.#grammar.showAllowed) {
      if (reader.takeWords('show')) return this.#show();
      const describes = reader.takeWords('describe') || reader.takeWords('desc') || reader.takeWords('explain');
      if (describes) return this.#describe();
    } else if (reader.takeWords('explain')) {
      reader.takeWords('query', 'plan');
      if (this.#expressions.startsQuery) return { kind: 'query', query: this.readQuery(), explain: true };
    }
    return this.#refuseStatement();
  }

  /** `DESCRIBE t`, of which one column or those like a text may be asked for, and EXPLAIN. */
  #describe(): ParsedStatement {
    const reader = this.#reader;
    const from = reader.at;
    if (reader.takeWords('format')) this.#explainFormat();
    else if (!reader.takeWords('extended')) reader.takeWords('partitions');
    if (this.#expressions.startsQuery) return { kind: 'query', query: this.readQuery(), explain: true };
    reader.at = from;
    const table = this.#expressions.readPath();
    if (reader.token?.kind === 'string') reader.at += 1;
    else if (reader.token !== undefined) this.#expressions.readName();
    return { kind: 'describe', table, schema: undefined };
  }

  #explainFormat(): void {
    this.#reader.expectSymbol('=');
    if (this.#reader.takeOneOf(wordSet('json tree traditional')) === undefined) this.#reader.unexpected('a format');
  }

  #show(): ParsedStatement {
    const reader = this.#reader;
    reader.takeWords('extended');
    reader.takeWords('full');
    const isList = reader.takeOneOf(shownLists) !== undefined || reader.takeWords('table', 'status');
    if (!isList && reader.takeOneOf(shownParts) === undefined) return this.#refuseStatement();
    const shown = isList ? undefined : this.#shownIn();
    if (!isList && shown === undefined) reader.unexpected('FROM');
    const schema = this.#shownIn()?.[0];
    this.#shownFilter();
    if (shown === undefined) return { kind: 'describe', table: undefined, schema };
    return { kind: 'describe', table: schema === undefined ? shown : [schema, ...shown], schema: undefined };
  }

  #shownIn(): readonly Name[] | undefined {
    const isGiven = this.#reader.takeWords('from') || this.#reader.takeWords('in');
    return isGiven ? this.#expressions.readPath() : undefined;
  }

  /** `LIKE 'text'`, or a condition on the columns that SHOW itself makes. */
  #shownFilter(): void {
    const reader = this.#reader;
    if (reader.takeWords('like') && reader.token?.kind === 'string') reader.at += 1;
    else if (reader.takeWords('where')) this.#shownCondition();
  }

  #shownCondition(): void {
    const reader = this.#reader;
    const { position } = reader;
    const isPlain = this.#expressions.read().every(({ kind }) => kind === 'column' || kind === 'number');
    if (!isPlain) syntaxError('only columns and literals are compared in SHOW', position);
  }

  #refuseStatement(): never {
    const token = this.#reader.tokens[0];
    const what = (token?.text ?? '').toUpperCase().slice(0, 40);
    if (token?.kind !== 'word') return this.#reader.unexpected('a statement');
    return refuseAt(token.start, {
      reason: 'not_a_read',
      what,
      message: `${what} is not a read; only SELECT, EXPLAIN and descriptions of tables are run`,
    });
  }

  #refuseRest(): never {
    const reader = this.#reader;
    if (reader.isWords('into')) {
      refuseAt(reader.position, {
        reason: 'not_a_read',
        what: 'INTO',
        message: 'SELECT … INTO writes a file, a variable or a table; only reading is allowed',
      });
    }
    if (reader.isWords('for') || reader.isWords('lock')) {
      refuseAt(reader.position, {
        reason: 'locking',
        what: 'row lock',
        message: 'rows may not be locked; only reading is allowed',
      });
    }
    return reader.unexpected();
  }

  readQuery(): Query {
    return this.#reader.nested(() => {
      const reader = this.#reader;
      const { ctes, recursive } = this.#with();
      const arms = [this.#arm()];
      while (
        reader.takeWords('union') ||
        reader.takeWords('except') ||
        reader.takeWords('intersect') ||
        reader.takeWords('minus')
      ) {
        if (!reader.takeWords('all')) reader.takeWords('distinct');
        arms.push(this.#arm());
      }
      const order = reader.takeWords('order', 'by') ? this.#expressions.readOrder() : [];
      return { ctes, recursive, arms, order, limit: this.#limit() };
    });
  }

  #with(): { readonly ctes: readonly Cte[]; readonly recursive: boolean } {
    const reader = this.#reader;
    if (!reader.takeWords('with')) return { ctes: [], recursive: false };
    const recursive = reader.takeWords('recursive');
    return { recursive, ctes: reader.list(() => this.#cte()) };
  }

  #cte(): Cte {
    const reader = this.#reader;
    const name = this.#expressions.readName();
    const columns = reader.isSymbol('(') ? this.#names() : [];
    reader.expectWords('as');
    if (!reader.takeWords('materialized')) reader.takeWords('not', 'materialized');
    if (reader.isSymbol('(') && !this.#expressions.bracketsQuery) {
      reader.at += 1;
      this.#refuseDml();
    }
    return { name, columns, query: this.#expressions.bracketed(() => this.readQuery()) };
  }

  #refuseDml(): never {
    const what = (this.#reader.token?.text ?? '').toUpperCase().slice(0, 40);
    return refuseAt(this.#reader.position, {
      reason: 'not_a_read',
      what,
      message: `${what} is not a read; only SELECT is run`,
    });
  }

  #names(): readonly Name[] {
    return this.#expressions.bracketed(() => this.#reader.list(() => this.#expressions.readName()));
  }

  #limit(): Limit | undefined {
    const reader = this.#reader;
    if (!reader.takeWords('limit')) return this.#fetch();
    let from = reader.at;
    const expressions = [this.#expressions.read()];
    let end = reader.at;
    if (reader.takeSymbol(',')) {
      from = reader.at;
      expressions.push(this.#expressions.read());
      end = reader.at;
    } else if (reader.takeWords('offset')) expressions.push(this.#expressions.read());
    return { token: from, expressions, count: this.#countAt(from, end) };
  }

  /** `[OFFSET n ROWS] FETCH FIRST n ROWS ONLY`. */
  #fetch(): Limit | undefined {
    const reader = this.#reader;
    const expressions: Expression[] = [];
    if (reader.takeWords('offset')) {
      expressions.push(this.#expressions.read());
      if (!reader.takeWords('rows')) reader.expectWords('row');
      if (!reader.isWords('fetch')) reader.unexpected('FETCH');
    }
    if (!reader.takeWords('fetch')) return undefined;
    if (!reader.takeWords('first')) reader.expectWords('next');
    const from = reader.at;
    if (!reader.isWords('row') && !reader.isWords('rows')) expressions.push(this.#expressions.read());
    const count = this.#countAt(from, reader.at);
    if (!reader.takeWords('rows')) reader.expectWords('row');
    if (!reader.takeWords('with', 'ties')) reader.expectWords('only');
    return { token: from, expressions, count };
  }

  /** The whole number that these tokens are, when they are one. */
  #countAt(from: number, end: number): number | undefined {
    const text = this.#reader.tokens[from]?.text ?? '';
    return end === from + 1 && /^\d+$/.test(text) ? Number(text) : undefined;
  }

  #arm(): Arm {
    const reader = this.#reader;
    if (reader.isSymbol('(')) return { kind: 'query', query: this.#expressions.bracketed(() => this.readQuery()) };
    if (reader.takeWords('values')) return this.#values();
    if (reader.takeWords('table')) return this.#table();
    if (!reader.takeWords('select')) return reader.isWords('with') ? reader.unexpected('SELECT') : this.#refuseDml();
    while (reader.takeOneOf(this.#grammar.selectModifiers) !== undefined);
    const items = reader.list(() => this.#item());
    return { kind: 'select', items, ...this.#clauses() };
  }

  /** `TABLE t` is `SELECT * FROM t`. */
  #table(): Arm {
    const path = this.#expressions.readPath();
    const from: From = {
      items: [{ source: { kind: 'table', path }, alias: undefined, columnAliases: [] }],
      conditions: [],
      using: [],
      natural: undefined,
    };
    const star: Expression = [{ kind: 'star', path: [], position: path[0]?.position ?? 0 }];
    return { kind: 'select', items: [{ expression: star, name: '*' }], from, clauses: [] };
  }

  #values(): Arm {
    const rows = this.#reader.list(() => {
      this.#reader.takeWords('row');
      return this.#expressions.bracketed(() => this.#reader.list(() => this.#expressions.read()));
    });
    return { kind: 'values', rows };
  }

  #item(): SelectItem {
    const reader = this.#reader;
    const from = reader.at;
    const expression = this.#expressions.read();
    const written = this.#sql.slice(reader.tokens[from]?.start, reader.tokens[reader.at - 1]?.end);
    const [part] = expression;
    const isColumn =
      part?.kind === 'column' && expression.length === 1 && reader.at === from + 2 * part.path.length - 1;
    const own = isColumn ? (part.path.at(-1)?.name ?? '') : written;
    return { expression, name: this.#alias(true)?.name ?? own };
  }

  /** `[AS] name`. An item may also be named by a string. */
  #alias(stringAllowed: boolean): Name | undefined {
    const reader = this.#reader;
    const isGiven = reader.takeWords('as');
    const { token } = reader;
    if (stringAllowed && token?.kind === 'string' && this.#grammar.stringAlias) {
      reader.at += 1;
      return { name: token.text.slice(1, -1), position: token.start };
    }
    const taken = isGiven ? clauseWords : reservedWords;
    const isName = token?.kind === 'name' || (token?.kind === 'word' && !taken.has(token.value));
    if (token !== undefined && isName) {
      reader.at += 1;
      return nameOf(token);
    }
    return isGiven ? reader.unexpected('a name') : undefined;
  }

  #clauses(): { readonly from: From; readonly clauses: readonly Expression[] } {
    const reader = this.#reader;
    const from = reader.takeWords('from') ? this.#from() : { items: [], conditions: [], using: [], natural: undefined };
    const clauses: Expression[] = [];
    if (reader.takeWords('where')) clauses.push(this.#expressions.read());
    if (reader.takeWords('group', 'by')) {
      clauses.push(...this.#expressions.readOrder());
      reader.takeWords('with', 'rollup');
    }
    if (reader.takeWords('having')) clauses.push(this.#expressions.read());
    if (reader.takeWords('window')) {
      clauses.push(
        ...reader.list(() => {
          this.#expressions.readName();
          reader.expectWords('as');
          return this.#expressions.readWindow();
        }),
      );
    }
    return { from, clauses };
  }

  #from(): From {
    const items: FromItem[] = [];
    const conditions: Expression[] = [];
    const using: Name[] = [];
    let natural: number | undefined;
    const collect = (from: From) => {
      items.push(...from.items);
      conditions.push(...from.conditions);
      using.push(...from.using);
      natural ??= from.natural;
    };
    collect(this.#fromItem());
    for (;;) {
      const reader = this.#reader;
      if (reader.takeSymbol(',')) collect(this.#fromItem());
      else {
        const { position } = reader;
        if (reader.takeWords('natural')) natural ??= position;
        if (reader.takeOneOf(joinWords) === undefined) break;
        while (reader.takeOneOf(joinWords) !== undefined);
        collect(this.#fromItem());
      }
      if (reader.takeWords('on')) conditions.push(this.#expressions.read());
      else if (reader.takeWords('using')) using.push(...this.#names());
    }
    return { items, conditions, using, natural };
  }

  #fromItem(): From {
    const reader = this.#reader;
    if (reader.isSymbol('(') && !this.#expressions.bracketsQuery) {
      const inside = this.#expressions.bracketed(() => this.#from());
      if (this.#alias(false) !== undefined) syntaxError('joins in brackets have no name', reader.position);
      return inside;
    }
    reader.takeWords('lateral');
    const source = this.#source();
    const alias = this.#fromAlias();
    const columnAliases = alias !== undefined && reader.isSymbol('(') ? this.#names() : [];
    this.#indexHints();
    return { items: [{ source, alias, columnAliases }], conditions: [], using: [], natural: undefined };
  }

  #fromAlias(): Name | undefined {
    const { token } = this.#reader;
    // `NOT INDEXED`, `USE INDEX (…)` and the joins begin with words that are reserved.
    return token?.kind === 'word' && token.value === 'indexed' ? undefined : this.#alias(false);
  }

  #source(): FromSource {
    const reader = this.#reader;
    if (reader.isSymbol('(')) return { kind: 'query', query: this.#expressions.bracketed(() => this.readQuery()) };
    if (reader.takeWords('dual')) return { kind: 'nothing' };
    const path = this.#expressions.readPath();
    if (!reader.isSymbol('(')) {
      if (reader.takeWords('partition')) this.#names();
      return { kind: 'table', path };
    }
    return this.#expressions.bracketed(() => {
      const args = reader.isSymbol(')') ? [] : reader.list(() => this.#expressions.read());
      const columns = reader.takeWords('columns') ? this.#tableColumns() : [];
      return { kind: 'function', path, args, columns };
    });
  }

  /** The columns JSON_TABLE makes. */
  #tableColumns(): readonly string[] {
    const reader = this.#reader;
    return this.#expressions.bracketed(() => reader.list(() => this.#tableColumn())).flat();
  }

  #tableColumn(): readonly string[] {
    const reader = this.#reader;
    if (reader.takeWords('nested')) {
      reader.takeWords('path');
      reader.at += 1;
      reader.expectWords('columns');
      return this.#tableColumns();
    }
    const { name } = this.#expressions.readName();
    // A type, a path and what to do about errors: no names of ours among them.
    while (!reader.isSymbol(')') && !reader.isSymbol(',')) this.#expressions.readTypePart();
    return [name];
  }

  #indexHints(): void {
    const reader = this.#reader;
    if (reader.takeWords('not', 'indexed')) return;
    if (reader.takeWords('indexed', 'by')) {
      this.#expressions.readName();
      return;
    }
    while (reader.takeOneOf(hintWords) !== undefined) {
      if (!reader.takeWords('index')) reader.expectWords('key');
      if (reader.takeWords('for') && !reader.takeWords('join')) {
        reader.takeOneOf(wordSet('order group'));
        reader.expectWords('by');
      }
      this.#expressions.bracketed(() => reader.isSymbol(')') || reader.list(() => this.#expressions.readName(true)));
    }
  }
}
