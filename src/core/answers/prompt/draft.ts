import { z } from 'zod';

/**
 * What the model must return. `answer` is a template: figures are filled in from the rows afterwards, so a number the
 * model made up never reaches a person.
 */
export const draftSchema = z.object({
  kind: z
    .enum(['sql', 'clarify', 'unanswerable'])
    .describe(
      'sql: you wrote a query. clarify: the question has several readings. unanswerable: the schema does not hold the answer.',
    ),
  sql: z.string().describe('One read-only statement, or an empty string.'),
  answer: z
    .string()
    .describe(
      'One sentence in the language of the question. Every figure and name from the result is a placeholder: {column} is that column of the first row, {rows} the number of rows. Never write a figure yourself.',
    ),
  assumptions: z.array(z.string()).describe('What you took for granted, a few words each.'),
  clarifying_question: z
    .string()
    .describe('For clarify and unanswerable: what to ask or say, one sentence. Otherwise empty.'),
  options: z
    .array(z.string())
    .describe('For clarify: two to four complete questions the person may choose from. Otherwise empty.'),
  chart: z.enum(['auto', 'none', 'bar', 'line', 'area', 'pie']),
  memories_used: z.array(z.string()).describe('Ids of the memories that changed your SQL.'),
});

export type Draft = z.infer<typeof draftSchema>;
