import { estimateTokens } from '../../tokens.ts';
import type { Catalogue, CatalogueTable } from '../catalogue.ts';
import { schemaText } from './schema-text.ts';
import { words } from './words.ts';

/** A table with how well its names, comments and values fit the question. */
type Scored = { readonly table: CatalogueTable; readonly score: number };

/** What of the schema goes into the prompt, as text, and whether that is all of it. */
export type LinkedSchema = {
  readonly text: string;
  readonly whole: boolean;
  readonly tables: readonly CatalogueTable[];
};

/**
 * The whole schema when it fits the budget: the prompt is then the same for every question and stays in the vendor's
 * cache. Otherwise the tables that fit the question best, each with the tables it references, until the budget is full.
 */
export function linkSchema(question: string, catalogue: Catalogue, maxTokens: number): LinkedSchema {
  const whole = schemaText(catalogue.tables);
  if (estimateTokens(whole) <= maxTokens) return { text: whole, whole: true, tables: catalogue.tables };
  const chosen = new Set<CatalogueTable>();
  let left = maxTokens;
  for (const { table } of scoreTables(question, catalogue)) {
    for (const wanted of [table, ...referenced(table, catalogue)]) {
      if (chosen.has(wanted)) continue;
      const cost = estimateTokens(schemaText([wanted]));
      if (cost > left) continue;
      chosen.add(wanted);
      left -= cost;
    }
  }
  const tables = catalogue.tables.filter((table) => chosen.has(table));
  return { text: schemaText(tables), whole: false, tables };
}

/** Best first. A rare word counts for more than a common one (idf), a table's name for more than a comment. */
export function scoreTables(question: string, catalogue: Catalogue): readonly Scored[] {
  const asked = new Set(words(question));
  const documents = catalogue.tables.map((table) => ({ table, terms: termsOf(table) }));
  const containing = (word: string): number => documents.filter(({ terms }) => terms.has(word)).length;
  const idf = new Map([...asked].map((word) => [word, Math.log(1 + documents.length / (1 + containing(word)))]));
  return documents
    .map(({ table, terms }) => ({
      table,
      score: [...asked].reduce((sum, word) => sum + (terms.get(word) ?? 0) * (idf.get(word) ?? 0), 0),
    }))
    .sort((a, b) => b.score - a.score || a.table.name.localeCompare(b.table.name));
}

/** Weights by where a word stands: table name 3, column name 2, value 1.5, comment 1. */
function termsOf(table: CatalogueTable): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string | undefined, weight: number): void => {
    for (const word of words(text ?? '')) terms.set(word, Math.max(terms.get(word) ?? 0, weight));
  };
  add(table.name, 3);
  add(table.comment, 1);
  for (const column of table.columns) {
    add(column.name, 2);
    add(column.comment, 1);
    for (const value of column.values) add(value, 1.5);
  }
  return terms;
}

const referenced = (table: CatalogueTable, catalogue: Catalogue): readonly CatalogueTable[] =>
  table.foreignKeys.flatMap(({ toSchema, toTable }) =>
    catalogue.tables.filter(({ schema, name }) => schema === toSchema && name === toTable),
  );
