import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { createPostgresSyntax } from '../../src/adapters/databases/postgres/syntax.ts';
import type { Catalogue, CatalogueTable } from '../../src/core/data/catalogue.ts';
import type { ColumnType } from '../../src/core/data/column-type.ts';
import { dataFiles } from './data-files.ts';
import { goldOf } from './gold-names.ts';

/** A question with what its SQL reads: `schema.table` and `schema.table.column`. No columns: only tables are known. */
export type LinkingQuestion = {
  readonly id: string;
  readonly text: string;
  readonly catalogue: Catalogue;
  readonly tables: readonly string[];
  readonly columns: readonly string[];
};

export type LinkingTask = { readonly name: string; readonly questions: readonly LinkingQuestion[] };

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  primary_key: z.boolean().default(false),
  foreign_keys: z.array(z.object({ target_table: z.string(), target_column: z.string() })).default([]),
  description: z.string().nullish(),
  value_samples: z.array(z.string()).default([]),
});
const databasesSchema = z.record(
  z.string(),
  z.object({
    tables: z.record(
      z.string(),
      z.object({ name: z.string(), description: z.string().nullish(), columns: z.array(columnSchema) }),
    ),
  }),
);
const questionsSchema = z.array(
  z.object({
    question_id: z.coerce.string().optional(),
    id: z.string().optional(),
    db_id: z.string(),
    question: z.string(),
    SQL: z.string().optional(),
    gold_tables: z.array(z.string()).optional(),
  }),
);

export type Databases = z.infer<typeof databasesSchema>;

/** Reads `<name>-schema.json` of `<name>.json`. */
export const readDatabases = (file: string): Databases =>
  databasesSchema.parse(JSON.parse(readFileSync(file.replace(/\.json$/, '-schema.json'), 'utf8')));

/**
 * Reads `<name>.json` (questions with `SQL` or `gold_tables`) and `<name>-schema.json`, or every such pair of a folder.
 * With SQL, all databases are merged into one catalogue, each a schema; without, each question has its own database.
 * `flat` puts all tables into one schema.
 */
export async function readLinkingTasks(path: string, flat: boolean): Promise<readonly LinkingTask[]> {
  const files = dataFiles(path, '.json').filter((file) => !file.endsWith('-schema.json'));
  return Promise.all(files.map((file) => readTask(file, flat)));
}

async function readTask(file: string, flat: boolean): Promise<LinkingTask> {
  const databases = readDatabases(file);
  const asked = questionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const schemaOf = (database: string): string => (flat ? 'public' : database);
  const own = new Map(Object.keys(databases).map((name) => [name, catalogueOf(databases, [name], schemaOf)]));
  const merged = catalogueOf(databases, Object.keys(databases), schemaOf);
  const syntax = createPostgresSyntax();
  const questions: LinkingQuestion[] = [];
  for (const { question_id, id, db_id, question, SQL, gold_tables } of asked) {
    const database = own.get(db_id);
    if (!database) throw new Error(`${file}: no schema of ${db_id}`);
    const base = { id: question_id ?? id ?? String(questions.length), text: question };
    if (SQL === undefined) {
      const names = (gold_tables ?? []).map((name) => `${schemaOf(db_id)}.${name.split('#sep#').at(-1)}`.toLowerCase());
      questions.push({ ...base, catalogue: database, tables: [...new Set(names)], columns: [] });
    } else questions.push({ ...base, catalogue: merged, ...goldOf(await syntax.parse(SQL), database) });
  }
  return { name: basename(file, '.json'), questions };
}

/** Some of the databases as one catalogue. */
export function catalogueOf(
  databases: Databases,
  names: readonly string[],
  schemaOf: (name: string) => string,
): Catalogue {
  return {
    dataSource: 'bench',
    searchPath: ['public'],
    hash: names.join(','),
    tables: names.flatMap((name) =>
      Object.values(databases[name]?.tables ?? {}).map(
        (table): CatalogueTable => ({
          schema: schemaOf(name),
          name: table.name.toLowerCase(),
          kind: 'table',
          comment: table.description || undefined,
          primaryKey: table.columns.filter((column) => column.primary_key).map((column) => column.name),
          foreignKeys: table.columns.flatMap((column) =>
            column.foreign_keys.map(({ target_table, target_column }) => ({
              columns: [column.name],
              toSchema: schemaOf(name),
              toTable: target_table.toLowerCase(),
              toColumns: [target_column],
            })),
          ),
          rowEstimate: undefined,
          columns: table.columns.map((column) => ({
            name: column.name,
            dataType: column.type.toLowerCase(),
            type: typeOf(column.type),
            nullable: !column.primary_key,
            comment: column.description || undefined,
            values: [...new Set(column.value_samples)],
            valuesComplete: false,
          })),
        }),
      ),
    ),
  };
}

function typeOf(type: string): ColumnType {
  if (/int/i.test(type)) return 'integer';
  if (/real|double|float|numeric|decimal/i.test(type)) return 'number';
  if (/timestamp|datetime/i.test(type)) return 'timestamp';
  if (/date/i.test(type)) return 'date';
  return /bool/i.test(type) ? 'boolean' : 'text';
}
