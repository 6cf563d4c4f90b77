import { z } from 'zod';

/**
 * The file format of semantic models: Apache Ossie (incubating; Open Semantic Interchange before), core specification
 * 0.2.0.dev0. Names, shapes and required parts are the specification's; nothing is added outside `custom_extensions`.
 */
export const ossieVersion = '0.2.0.dev0';

/** What this product adds to the format goes under this name, so that files stay valid elsewhere. */
export const memoriVendor = 'MEMORI';

export const ossieDialects = ['ANSI_SQL', 'SNOWFLAKE', 'MDX', 'TABLEAU', 'DATABRICKS', 'MAQL', 'BIGQUERY'] as const;
const dataTypes = [
  ...['String', 'Integer', 'Decimal', 'Float', 'Boolean'],
  ...['Date', 'Time', 'DateTime', 'DateTimeTz', 'Opaque'],
] as const;

const aiContext = z.union([
  z.string(),
  z.looseObject({
    instructions: z.string().optional(),
    synonyms: z.array(z.string()).optional(),
    examples: z.array(z.string()).optional(),
  }),
]);
const extensions = z.array(z.strictObject({ vendor_name: z.string(), data: z.string() })).optional();
const described = {
  description: z.string().optional(),
  ai_context: aiContext.optional(),
  custom_extensions: extensions,
};
const expression = z.strictObject({
  dialects: z.array(z.strictObject({ dialect: z.enum(ossieDialects), expression: z.string() })).min(1),
});
const datatype = z.enum(dataTypes).optional();

const fieldSchema = z.strictObject({
  name: z.string(),
  expression,
  dimension: z.strictObject({ is_time: z.boolean().optional() }).optional(),
  label: z.string().optional(),
  datatype,
  ...described,
});
const datasetSchema = z.strictObject({
  name: z.string(),
  source: z.string(),
  primary_key: z.array(z.string()).optional(),
  unique_keys: z.array(z.array(z.string())).optional(),
  fields: z.array(fieldSchema).optional(),
  ...described,
});
const relationshipSchema = z.strictObject({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  from_columns: z.array(z.string()).min(1),
  to_columns: z.array(z.string()).min(1),
  ai_context: aiContext.optional(),
  custom_extensions: extensions,
});
const metricSchema = z.strictObject({ name: z.string(), expression, datatype, ...described });
const modelSchema = z.strictObject({
  name: z.string(),
  datasets: z.array(datasetSchema).min(1),
  relationships: z.array(relationshipSchema).optional(),
  metrics: z.array(metricSchema).optional(),
  ...described,
});

export const ossieSchema = z.strictObject({
  version: z.literal(ossieVersion),
  semantic_model: z.array(modelSchema).min(1),
});

export type OssieDocument = z.infer<typeof ossieSchema>;
export type OssieModel = z.infer<typeof modelSchema>;
export type OssieDataset = z.infer<typeof datasetSchema>;
export type OssieField = z.infer<typeof fieldSchema>;
export type OssieMetric = z.infer<typeof metricSchema>;
export type OssieExtension = { readonly vendor_name: string; readonly data: string };
type Described = { readonly ai_context?: z.infer<typeof aiContext> | undefined };

/** Other words for a thing, as its author wrote them. */
export const synonymsOf = ({ ai_context }: Described): readonly string[] =>
  typeof ai_context === 'object' ? (ai_context.synonyms ?? []) : [];

/** What a language model should know of a thing. */
export const instructionsOf = ({ ai_context }: Described): string | undefined =>
  typeof ai_context === 'string' ? ai_context : ai_context?.instructions;
