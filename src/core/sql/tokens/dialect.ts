import type { Grammar } from './grammar.ts';
import type { OwnRelations } from './known-tables.ts';
import type { LexicalRules } from './lexer.ts';

/** A dialect whose statements are read token by token. */
export type TokenDialect = OwnRelations & {
  readonly name: 'mysql' | 'sqlite';
  readonly rules: LexicalRules;
  readonly grammar: Grammar;
  /** Functions that only compute, lower case. */
  readonly functions: ReadonlySet<string>;
  /** Functions that are safe only without an argument. */
  readonly bareFunctions: ReadonlySet<string>;
  /**
   * Function → position of the argument that is a number of bytes or repetitions: a short statement could make a
   * gigabyte.
   */
  readonly repeating: ReadonlyMap<string, number>;
  /** Functions in FROM → their columns. */
  readonly tableFunctions: ReadonlyMap<string, readonly string[]>;
  /** A name in double quotes that is no column is read as a string. */
  readonly quotedStrings: boolean;
  /** A CTE may refer to itself without RECURSIVE. */
  readonly recursiveByDefault: boolean;
};
