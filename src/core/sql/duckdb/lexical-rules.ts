import type { LexicalRules } from '../tokens/lexer.ts';

/** DuckDB's lexer is PostgreSQL's. */
export const duckdbRules: LexicalRules = {
  nameQuotes: { '"': '"' },
  stringQuotes: "'",
  backslashEscapes: false,
  mysqlComments: false,
  nestedComments: true,
  openComments: false,
  hints: new Set(),
  literalPrefixes: ['x', 'b', 'e', 'n'],
  operators: '!~~* !~~ !~* <-> ~~* ~~~ !~ ~~ ~* // ** ^@ @> <@ =>'.split(' '),
  dollarQuotes: true,
};
