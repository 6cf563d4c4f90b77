import { z } from 'zod';

/** Every parameter of a verified query may have a description, for the readers of the file. */
const base = { description: z.string().optional() };

/** How a parameter is found in a question and written into the SQL. */
export const parameterSchema = z.discriminatedUnion('type', [
  /** A whole number, e.g. the N of "top N". */
  z.strictObject({
    ...base,
    type: z.literal('integer'),
    min: z.int().default(1),
    max: z.int().default(1000),
    default: z.int().optional(),
  }),
  /** A number with decimals, e.g. an amount of money. */
  z.strictObject({
    ...base,
    type: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    default: z.number().optional(),
  }),
  /** A value that exists in a column (`table.column` or `schema.table.column`); `synonyms` maps other words to it. */
  z.strictObject({
    ...base,
    type: z.literal('value'),
    column: z.string(),
    synonyms: z.record(z.string(), z.array(z.string())).default({}),
    default: z.string().optional(),
  }),
  /**
   * A span of days. Binds two placeholders, `:name_start` (inclusive) and `:name_end` (exclusive), both DATE. `default`
   * is read like a question's words: "last 12 months", "this year", "all time". `compared_with` names the period that
   * this one is compared with: when they differ in length, such as this year and last year, both are cut to the same
   * days.
   */
  z.strictObject({
    ...base,
    type: z.literal('period'),
    default: z.string().optional(),
    compared_with: z.string().optional(),
  }),
  /**
   * One of a few choices, each with the words for it, e.g. a time grain: `choices: {month: [monthly, by month, 按月]}`.
   */
  z.strictObject({
    ...base,
    type: z.literal('choice'),
    choices: z.record(z.string(), z.array(z.string())),
    default: z.string().optional(),
  }),
]);

/** A parameter as declared in the file. */
export type Parameter = z.infer<typeof parameterSchema>;

/**
 * A question with SQL that a person verified. Files hold a list of them as YAML (`sources/<name>.verified.yaml`). A
 * question that means the same is answered with this SQL and newly bound parameters, without a model.
 */
export const verifiedQuerySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  /** Shown as "verified: <title>"; may contain `{parameter}`. */
  title: z.string().min(3),
  title_zh: z.string().optional(),
  /**
   * Ways to ask it, in English and Chinese, at least two. `{name}` stands for a parameter, which is then required when
   * it has no default.
   */
  questions: z.array(z.string().min(2)).min(2),
  parameters: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), parameterSchema).default({}),
  /** One read statement. Placeholders are `:name` (or `:name_start`, `:name_end` for a period). */
  sql: z.string().min(10),
  /**
   * The sentence above the rows. `{column}` is the first row's value, `{last column}`, `{sum column}`, `{max column}` and
   * `{min column}` are over all rows, `{other at max column}` is another column of that row, `{rows}` the number of rows,
   * `{parameter}` a bound value.
   */
  answer: z.string().optional(),
  answer_zh: z.string().optional(),
  chart: z.enum(['auto', 'none', 'bar', 'line', 'area', 'pie']).default('auto'),
  /** Who verified it, and when. */
  verified_by: z.string().default(''),
  verified_at: z.string().default(''),
});

/** A parsed entry of a file of verified queries. */
export type VerifiedQuery = z.infer<typeof verifiedQuerySchema>;

/** A whole file of verified queries. */
export const verifiedFileSchema = z.strictObject({ queries: z.array(verifiedQuerySchema) });
