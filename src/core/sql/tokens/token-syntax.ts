import type { SqlSyntax, SyntaxTree } from '../../data/syntax.ts';
import { refuse } from '../refusal.ts';
import type { TokenDialect } from './dialect.ts';
import { type Token, tokenize } from './lexer.ts';
import { onlyStatement, parseStatement } from './parse-query.ts';
import { writeTokens } from './write-tokens.ts';

/** The parser of a dialect that is read token by token. Its tree is the list of tokens: `{tokens: […]}`. */
export function createTokenSyntax(dialect: TokenDialect): SqlSyntax {
  return {
    async parse(sql) {
      const tokens = onlyStatement(tokenize(sql, dialect.rules));
      parseStatement(tokens, sql, dialect.grammar);
      return { tokens } as unknown as SyntaxTree;
    },
    async deparse(tree) {
      return writeTokens(tokensOf(tree));
    },
    async scan(sql) {
      return tokenize(sql, dialect.rules);
    },
  };
}

function tokensOf(tree: SyntaxTree): readonly Token[] {
  if (Array.isArray(tree.tokens)) return tree.tokens as readonly Token[];
  return refuse({ reason: 'not_reproducible', what: 'tree', message: 'the tree is that of another dialect' });
}
