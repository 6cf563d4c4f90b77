import { refuseAt, syntaxError } from './refuse-at.ts';

/** What a dialect's lexer does differently. Everything else is common to SQL. */
export type LexicalRules = {
  /** Opening quote of a name → its closing quote. */
  readonly nameQuotes: Readonly<Record<string, string>>;
  readonly stringQuotes: string;
  /** `\'` inside a string does not end it. */
  readonly backslashEscapes: boolean;
  /** `#` begins a comment, `--` does so only before white space, and comments may hold code to run. */
  readonly mysqlComments: boolean;
  /** Comments can be nested. */
  readonly nestedComments: boolean;
  /** A comment may run to the end of the text without being closed. */
  readonly openComments: boolean;
  /** Words that a comment with hints for the planner may hold; they are left out like any comment. */
  readonly hints: ReadonlySet<string>;
  /** Letters before a quote that make another kind of literal, in lower case: `x'00'`. */
  readonly literalPrefixes: readonly string[];
  /** Operators of more than one character that only this dialect has, longest first. */
  readonly operators: readonly string[];
  /** `$tag$ … $tag$` is a string. */
  readonly dollarQuotes: boolean;
};

/** `name`: a quoted name; `word`: anything else that begins with a letter. */
export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'symbol';

/**
 * One token. `text` is what was written and what will run. `value` is a word in lower case, a decoded name, or the
 * text. `start` and `end` are offsets in UTF-16 units.
 */
export type Token = {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** A line break came before it. */
  readonly breaks: boolean;
};

/** Longest SQL that is read, in characters. */
const maxLength = 50_000;

const symbols = ['<=>', '->>', '->', '<<', '>>', '<=', '>=', '<>', '!=', '==', '||', '&&', ':=', '::'];
const isWordStart = (character: string): boolean => /[A-Za-z_\u0080-\uffff]/.test(character);
const word = /[A-Za-z0-9_$\u0080-\uffff]+/y;
const number = /0[xX][0-9a-fA-F]+|0b[01]+|(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/**
 * The tokens of a text without its comments. Refuses text that different settings or versions of the engine would read
 * differently. Errors: `sql_refused`.
 */
export function tokenize(sql: string, rules: LexicalRules): readonly Token[] {
  if (sql.length > maxLength) {
    refuseAt(undefined, {
      reason: 'too_long',
      what: 'SQL',
      message: `the statement has ${sql.length} characters; the most that is checked is ${maxLength}`,
    });
  }
  const tokens: Token[] = [];
  let at = 0;
  let breaks = false;
  while (at < sql.length) {
    const gap = skipGap(sql, at, rules);
    breaks ||= sql.slice(at, gap).includes('\n');
    at = gap;
    if (at >= sql.length) break;
    const [kind, end, value] = readToken(sql, at, rules);
    const text = sql.slice(at, end);
    tokens.push({ kind, text, value: value ?? text, start: at, end, breaks });
    at = end;
    breaks = false;
  }
  return tokens;
}

/** The end of white space and comments. */
function skipGap(sql: string, start: number, rules: LexicalRules): number {
  let at = start;
  for (;;) {
    const character = sql[at] ?? '';
    const next = sql[at + 1] ?? '';
    if (character !== '' && ' \t\n\r\f'.includes(character)) at += 1;
    else if (character === '/' && next === '*') at = blockCommentEnd(sql, at, rules);
    else if (startsLineComment(character, next, sql[at + 2], rules)) {
      const end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length : end;
    } else return at;
  }
}

function startsLineComment(first: string, second: string, third: string | undefined, rules: LexicalRules): boolean {
  if (rules.mysqlComments && first === '#') return true;
  if (first !== '-' || second !== '-') return false;
  // `5--1` is a subtraction for MySQL.
  return !rules.mysqlComments || third === undefined || /\s/.test(third);
}

function blockCommentEnd(sql: string, start: number, rules: LexicalRules): number {
  const isCode = rules.mysqlComments && /^\/\*M?[!+]/.test(sql.slice(start, start + 4));
  if (isCode && !onlyHints(sql, start, rules.hints)) {
    refuseAt(start, {
      reason: 'unknown_syntax',
      what: '/*!',
      message: 'comments that hold code or hints for the server are not allowed',
    });
  }
  let depth = 1;
  let at = start + 2;
  while (depth > 0) {
    const close = sql.indexOf('*/', at);
    const open = rules.nestedComments ? sql.indexOf('/*', at) : -1;
    if (close < 0) return rules.openComments ? sql.length : syntaxError('a comment is not closed', start);
    const opens = open >= 0 && open < close;
    depth += opens ? 1 : -1;
    at = (opens ? open : close) + 2;
  }
  return at;
}

/** A comment that holds known hints only, `NAME(…) NAME(…)`: how tables are read, nothing that is set. */
function onlyHints(sql: string, start: number, hints: ReadonlySet<string>): boolean {
  const inside = sql.startsWith('/*+', start) ? sql.slice(start + 3, sql.indexOf('*/', start)) : '!';
  const names = inside
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .split(/\s+/);
  return names.every((name) => hints.has(name.toLowerCase()));
}

type Read = readonly [kind: TokenKind, end: number, value?: string];

function readToken(sql: string, at: number, rules: LexicalRules): Read {
  const character = sql[at] ?? '';
  const closing = rules.nameQuotes[character];
  if (closing !== undefined) return readName(sql, at, closing);
  if (rules.stringQuotes.includes(character)) return ['string', stringEnd(sql, at, character, rules.backslashEscapes)];
  if (isWordStart(character)) return readWord(sql, at, rules);
  if (/\d/.test(character) || (character === '.' && /\d/.test(sql[at + 1] ?? ''))) return readNumber(sql, at);
  if (rules.dollarQuotes && character === '$') return readDollar(sql, at);
  const symbol = [...rules.operators, ...symbols].find((candidate) => sql.startsWith(candidate, at)) ?? character;
  if (!/^[!-~]+$/.test(symbol)) syntaxError('the text holds a character that is not allowed outside quotes', at);
  return ['symbol', at + symbol.length];
}

function readName(sql: string, at: number, closing: string): Read {
  const end = stringEnd(sql, at, closing, false);
  const value = sql.slice(at + 1, end - 1).replaceAll(closing + closing, closing);
  return ['name', end, value];
}

/** The end of a quoted text; a doubled quote is one of its characters. */
function stringEnd(sql: string, start: number, quote: string, escapes: boolean): number {
  for (let at = start + 1; at < sql.length; at += 1) {
    if (sql[at] === '\0') syntaxError('the text holds a NUL character', at);
    if (escapes && sql[at] === '\\') at += 1;
    else if (sql[at] === quote) {
      // `]` cannot be doubled.
      if (quote === ']' || sql[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return syntaxError('a quote is not closed', start);
}

function readWord(sql: string, at: number, rules: LexicalRules): Read {
  word.lastIndex = at;
  const text = word.exec(sql)?.[0] ?? '';
  const end = at + text.length;
  if (sql[end] === "'" && rules.literalPrefixes.includes(text.toLowerCase())) {
    return ['string', stringEnd(sql, end, "'", rules.backslashEscapes || text.toLowerCase() === 'e')];
  }
  return ['word', end, text.toLowerCase()];
}

function readNumber(sql: string, at: number): Read {
  number.lastIndex = at;
  const end = at + (number.exec(sql)?.[0].length ?? 1);
  if (/[A-Za-z0-9_$\u0080-\uffff]/.test(sql[end] ?? '')) syntaxError('a number runs into a word', at);
  return ['number', end];
}

function readDollar(sql: string, at: number): Read {
  const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 66))?.[0];
  if (tag === undefined) return ['symbol', at + 1];
  const close = sql.indexOf(tag, at + tag.length);
  return ['string', close < 0 ? syntaxError('a quote is not closed', at) : close + tag.length];
}
