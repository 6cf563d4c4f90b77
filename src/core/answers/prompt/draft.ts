import { z } from 'zod';

export const draftKinds = ['sql', 'clarify', 'unanswerable'] as const;
export const draftCharts = ['auto', 'none', 'bar', 'line', 'area', 'pie'] as const;

/** What a list or text of a reply may have at most: a model that has got stuck must come to an end. Characters. */
export const draftLimits = { items: 4, memories: 8, item: 160, sentence: 300 } as const;

const sentence = z.string().max(draftLimits.sentence);
const list = (items: number) => z.array(z.string().max(draftLimits.item)).max(items);

/**
 * What the model must return. `answer` is a template: figures are filled in from the rows afterwards, so a number the
 * model made up never reaches a person. What each field means stands in the prompt (`fieldMeanings`): many servers hold a
 * model to a schema without showing it. `sql` comes first, so that it is complete when a later field goes wrong.
 */
export const draftSchema = z.object({
  sql: z.string(),
  kind: z.enum(draftKinds),
  answer: sentence,
  assumptions: list(draftLimits.items),
  clarifying_question: sentence,
  options: list(draftLimits.items),
  chart: z.enum(draftCharts),
  memories_used: list(draftLimits.memories),
});

/** The same for small models: the rest is filled in here. */
export const shortDraftSchema = draftSchema.pick({ sql: true, kind: true, answer: true, clarifying_question: true });

export type Draft = z.infer<typeof draftSchema>;

const meanings: Readonly<Record<keyof Draft, string>> = {
  sql: 'one read-only statement, or "" when there is none.',
  kind: '"sql": you wrote a statement. "clarify": the question has several readings. "unanswerable": the schema does not hold the answer.',
  answer:
    'one sentence in the language of the question. Every figure and name from the result is a placeholder: {column} is that column of the first row, {rows} the number of rows. Never write a figure yourself.',
  assumptions: 'what you took for granted, a few words each; mostly [].',
  clarifying_question: 'for clarify and unanswerable: what to ask or say, one sentence. Otherwise "".',
  options: 'for clarify: two to four complete questions to choose from. Otherwise [].',
  chart: `one of ${draftCharts.join(', ')}.`,
  memories_used: 'ids of the memories that changed your SQL; mostly [].',
};

/** What the reply must look like, in words. */
export const fieldMeanings = (short: boolean): string => {
  const names = Object.keys((short ? shortDraftSchema : draftSchema).shape) as (keyof Draft)[];
  return `Reply with one JSON object and nothing else:\n${names.map((name) => `- ${name}: ${meanings[name]}`).join('\n')}`;
};
