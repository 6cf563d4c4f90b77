import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type LanguageModel, ModelFailure } from '../../src/core/model/model.ts';

/** A line of a recorded file: the SQL that a model once wrote for a question, and what that cost. */
const lineSchema = z.object({
  question: z.string(),
  sql: z.string(),
  cost_usd: z.number().nonnegative().default(0),
});
export type RecordedLine = z.infer<typeof lineSchema>;

/** Reads JSON lines. Errors: those of zod, with the number of the line. */
export const readRecorded = (path: string): readonly RecordedLine[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      const parsed = lineSchema.safeParse(JSON.parse(line));
      if (!parsed.success) throw new Error(`${path}:${at + 1}: ${z.prettifyError(parsed.error)}`);
      return [parsed.data];
    });

/**
 * A model that replays recorded SQL, so that a run needs no key. A repair gets the same SQL again; a question that was
 * not recorded fails like an unreachable model.
 */
export function createRecordedModel(lines: readonly RecordedLine[]): LanguageModel {
  const byQuestion = new Map(lines.map((line) => [line.question, line]));
  return {
    model: 'recorded',
    countInput: async () => 0,
    async generate({ messages, read }) {
      const asked = z.object({ question: z.string() }).parse(JSON.parse(messages.at(-1)?.text ?? '{}')).question;
      const line = byQuestion.get(asked);
      if (!line) throw new ModelFailure('model_unavailable', `Nothing was recorded for "${asked}".`, 'nothing');
      const value = read(JSON.stringify({ kind: 'sql', sql: line.sql, chart: 'none' }), false);
      if (value === undefined)
        throw new ModelFailure('model_unavailable', `No SQL was recorded for "${asked}".`, 'nothing');
      return { value, model: 'recorded', usage: undefined, costMicroUsd: Math.round(line.cost_usd * 1e6) };
    },
  };
}
