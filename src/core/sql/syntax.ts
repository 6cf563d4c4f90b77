/** A syntax tree as the dialect's parser gives it: plain JSON. The guard of the dialect knows its shape. */
export type SyntaxTree = { readonly [key: string]: unknown };

/**
 * The real parser of a dialect. `parse` throws `sql_refused` with details {reason: 'syntax', message, position} when the
 * text is not SQL; `deparse` gives text that parses to the same tree.
 */
export interface SqlSyntax {
  parse(sql: string): Promise<SyntaxTree>;
  deparse(tree: SyntaxTree): Promise<string>;
}
