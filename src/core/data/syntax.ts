/** A syntax tree as the dialect's parser gives it: plain JSON. The guard of the dialect knows its shape. */
export type SyntaxTree = { readonly [key: string]: unknown };

/** A token of SQL text. `start` and `end` are offsets in UTF-16 units; strings and comments are one token each. */
export type SqlToken = { readonly start: number; readonly end: number; readonly text: string };

/**
 * The real parser of a dialect. `parse` throws `sql_refused` with details {reason: 'syntax', message, position} when the
 * text is not SQL. `deparse` returns text that it has checked to parse to the same tree except for positions, and throws
 * `sql_refused` {reason: 'not_reproducible'} when it cannot. `scan` returns the tokens.
 */
export interface SqlSyntax {
  parse(sql: string): Promise<SyntaxTree>;
  deparse(tree: SyntaxTree): Promise<string>;
  scan(sql: string): Promise<readonly SqlToken[]>;
}
