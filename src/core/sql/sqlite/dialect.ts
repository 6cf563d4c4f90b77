import type { TokenDialect } from '../tokens/dialect.ts';
import { wordSet } from '../tokens/grammar.ts';
import { bareFunctions, functions, repeating, systemRelations, tableFunctions } from './builtins.ts';

/** SQLite 3.53 as node-sqlite3-wasm is built. */
export const sqliteDialect: TokenDialect = {
  name: 'sqlite',
  rules: {
    nameQuotes: { '"': '"', '`': '`', '[': ']' },
    stringQuotes: "'",
    backslashEscapes: false,
    mysqlComments: false,
    nestedComments: false,
    openComments: true,
    hints: new Set(),
    literalPrefixes: ['x'],
    operators: [],
    dollarQuotes: false,
  },
  grammar: {
    infixWords: wordSet('and or is like glob regexp match in between escape'),
    prefixWords: wordSet('not'),
    valueWords: wordSet('null true false current_date current_time current_timestamp'),
    typedLiterals: new Set(),
    selectModifiers: wordSet('all distinct'),
    joinsStrings: false,
    stringAlias: true,
    units: new Set(),
    unitFunctions: new Set(),
    showAllowed: false,
  },
  functions,
  bareFunctions,
  repeating,
  tableFunctions,
  systemRelations,
  implicitColumns: ['rowid', '_rowid_', 'oid'],
  quotedStrings: true,
  recursiveByDefault: true,
};
