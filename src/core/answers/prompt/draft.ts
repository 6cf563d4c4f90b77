import { z } from 'zod';

/** What a reply of the model is. */
export const draftKinds = ['sql', 'clarify', 'unanswerable'] as const;
/** Charts that the model may ask for. */
export const draftCharts = ['auto', 'none', 'bar', 'line', 'area', 'pie'] as const;

/**
 * Limits of the lists and texts of a reply, so that a model that repeats itself ends. Items, and characters of a text.
 */
export const draftLimits = { items: 4, memories: 8, item: 160, sentence: 300 } as const;

const sentence = z.string().max(draftLimits.sentence);
const list = (items: number) => z.array(z.string().max(draftLimits.item)).max(items);

/**
 * What the model must return. `answer` is a template that is filled from the rows, so an invented number never reaches
 * a person. The prompt explains the fields (`fieldMeanings`), because many servers enforce a schema without showing it
 * to the model. `sql` comes first, so that it is complete when a later field fails.
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

/** The fields for small models. The others get defaults. */
export const shortDraftSchema = draftSchema.pick({ sql: true, kind: true, answer: true, clarifying_question: true });

/** A parsed reply of the model. */
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

/** Describes the fields of the reply for the prompt. */
export const fieldMeanings = (short: boolean): string => {
  const names = Object.keys((short ? shortDraftSchema : draftSchema).shape) as (keyof Draft)[];
  return `Reply with one JSON object and nothing else:\n${names.map((name) => `- ${name}: ${meanings[name]}`).join('\n')}`;
};
