import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isMemoriError } from '../../src/core/base/errors.ts';
import { checkSql } from '../../src/core/sql/check-sql.ts';
import { openPolicy } from '../../src/core/sql/policy.ts';
import { createSyntax } from '../../src/wiring/open-database.ts';
import { catalogueOf, readDatabases } from '../bench/linking-data.ts';
import type { RecordedLine } from './recorded-model.ts';
import type { Given, Suite } from './suite.ts';

const questionSchema = z.object({
  question_id: z.coerce.string().optional(),
  db_id: z.string(),
  question: z.string(),
  SQL: z.string(),
});

/**
 * Questions with PostgreSQL, and `<name>-schema.json` beside them, where there are no rows to run it on: whether the SQL
 * is parsed, its names and types are found, and the guard lets it through. Of recorded answers, or of the right ones.
 */
export function schemaSuite(name: string, file: string, recorded: readonly RecordedLine[] | undefined): Suite {
  const databases = readDatabases(file);
  const questions = z.array(questionSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  const catalogues = new Map(
    Object.keys(databases).map((database) => [database, catalogueOf(databases, [database], () => 'public')]),
  );
  const written = recorded && new Map(recorded.map(({ question, sql }) => [question, sql]));
  const cases = questions.map(({ question_id, question, db_id, SQL }, at) => ({
    id: question_id ?? String(at + 1),
    question,
    group: db_id,
    right: SQL,
    sql: written ? written.get(question) : SQL,
  }));
  const byId = new Map(cases.map((one) => [one.id, one]));
  const syntax = createSyntax('postgres');
  return {
    name,
    cases,
    notes: [
      'There are no rows: what is shown is whether the SQL passes the guard, with every name and type found, not whether it is right.',
      ...(written ? [] : ['The SQL is the right one of each question, which the guard must let through.']),
    ],
    gold: async ({ id }) => ({ kind: 'sql', sql: byId.get(id)?.right ?? '' }),
    async answer({ id, group }): Promise<Given> {
      const sql = byId.get(id)?.sql;
      const catalogue = catalogues.get(group);
      const by = written ? 'recorded' : 'right';
      const given = { by, sql, rows: undefined, detail: '', ms: 0, costMicroUsd: 0 };
      if (sql === undefined || catalogue === undefined) return { ...given, by: 'nothing', status: 'unanswered' };
      const begun = performance.now();
      try {
        await checkSql(sql, { dialect: 'postgres', catalogue, policy: openPolicy, maxRows: 1000, syntax });
        return { ...given, status: 'accepted', ms: performance.now() - begun };
      } catch (error) {
        if (!isMemoriError(error, 'sql_refused')) throw error;
        const reason = String(error.details.reason);
        return { ...given, status: 'refused', reason, detail: error.message, ms: performance.now() - begun };
      }
    },
    close: async () => undefined,
  };
}
