import type { CatalogueColumn } from '../../data/catalogue.ts';
import { identifier, textLiteral } from './sql-text.ts';

/** What the codes of a column mean, as its comment says: "1=open, 2=closed". */
export type Enumeration = ReadonlyMap<string, string>;

const pair =
  /(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,12})['"]?\s*(?:=|:|->|→|is)\s*['"]?(\p{L}[\p{L}\p{N} _-]{0,38}?)['"]?(?=\s*(?:[,;|/.)\n]|$|\band\b|\bor\b))/gu;

/**
 * Reads the comment of a column. Undefined unless it explains two codes at least, each of which is a number or a value
 * that the column has: other comments have colons too.
 */
export function enumerationOf({ comment, type, values }: CatalogueColumn): Enumeration | undefined {
  const pairs = [...(comment ?? '').matchAll(pair)].map(([, code = '', meaning = '']) => [code, meaning] as const);
  const isCode = (code: string): boolean =>
    type === 'integer' ? /^\d+$/.test(code) : type === 'text' && values.includes(code);
  const said = pairs.filter(([code, meaning]) => isCode(code) && !/^\d/.test(meaning));
  const meanings = new Map(said.map(([code, meaning]) => [code, meaning.replaceAll('_', ' ').trim().toLowerCase()]));
  return meanings.size >= 2 && new Set(meanings.values()).size === meanings.size ? meanings : undefined;
}

/** The meaning in the place of a number: groups are called what they are. */
export const meaningSql = (column: string, meanings: Enumeration): string =>
  `CASE ${identifier(column)} ${[...meanings].map(([code, meaning]) => `WHEN ${code} THEN ${textLiteral(meaning)}`).join(' ')} END`;
