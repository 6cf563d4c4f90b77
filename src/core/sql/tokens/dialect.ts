import type { Grammar } from './grammar.ts';
import type { LexicalRules } from './lexer.ts';

/** A dialect whose statements are read token by token. */
export type TokenDialect = {
  readonly name: 'mysql' | 'sqlite';
  readonly rules: LexicalRules;
  readonly grammar: Grammar;
  /** Functions that only compute, lower case. */
  readonly functions: ReadonlySet<string>;
  /** Functions that only read something when called without an argument. */
  readonly bareFunctions: ReadonlySet<string>;
  /** Function → position of the argument that says how many bytes or times: a gigabyte from one short statement. */
  readonly repeating: ReadonlyMap<string, number>;
  /** Functions in FROM → their columns. */
  readonly tableFunctions: ReadonlyMap<string, readonly string[]>;
  /** `schema.relation`, or `relation` alone → columns; `!` marks one that is hidden. */
  readonly systemRelations: ReadonlyMap<string, readonly string[]>;
  /** Columns every table has without declaring them. */
  readonly implicitColumns: readonly string[];
  /** A name in double quotes that is no column is a string. */
  readonly quotedStrings: boolean;
  /** A CTE may refer to itself without RECURSIVE. */
  readonly recursiveByDefault: boolean;
};
