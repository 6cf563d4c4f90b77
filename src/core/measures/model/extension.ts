import { z } from 'zod';
import { memoriVendor, type OssieExtension } from './ossie.ts';

/** Ours under a dataset. */
export const datasetExtension = z.strictObject({
  /** Field that a period refers to. */
  time_field: z.string().optional(),
  /** Field that names one row to people. */
  label_field: z.string().optional(),
  /** Boolean SQL over the dataset's columns; other rows do not exist for questions. */
  row_filter: z.string().optional(),
  hidden: z.boolean().optional(),
});

/** Ours under a field. */
export const fieldExtension = z.strictObject({
  /** Cannot be asked for. */
  hidden: z.boolean().optional(),
  /** A surrogate key: named in full it can be shown, it is never summed or offered. */
  key: z.boolean().optional(),
  /** Values that people name, when the catalogue has none. */
  top_values: z.array(z.string()).optional(),
  /** Other words for values. */
  value_synonyms: z.record(z.string(), z.array(z.string())).optional(),
});

/** Ours under a metric. */
export const metricExtension = z.strictObject({
  /** `dataset.field` that a period refers to; the dataset's own by default. */
  time_field: z.string().optional(),
  /** It is what it is now, as a stock is: no period goes with it. */
  current: z.boolean().optional(),
  /** Without a period in the question it is of all time, whatever period goes without saying: what is open, say. */
  all_time: z.boolean().optional(),
  format: z.enum(['number', 'currency', 'percent']).optional(),
  /** ISO 4217. */
  currency: z.string().optional(),
  /** Digits behind the point. */
  decimals: z.int().min(0).max(10).optional(),
  hidden: z.boolean().optional(),
});

export type DatasetExtension = z.infer<typeof datasetExtension>;
export type FieldExtension = z.infer<typeof fieldExtension>;
export type MetricExtension = z.infer<typeof metricExtension>;

type Extended = { readonly custom_extensions?: readonly OssieExtension[] | undefined };
type Read<T> =
  | { readonly ok: true; readonly data: T | undefined }
  | { readonly ok: false; readonly index: number; readonly message: string };

/** Our extension of a thing, checked. Other vendors' are not looked at. */
export function readExtension<T>(schema: z.ZodType<T>, { custom_extensions = [] }: Extended): Read<T> {
  const index = custom_extensions.findIndex(({ vendor_name }) => vendor_name === memoriVendor);
  const extension = custom_extensions[index];
  if (extension === undefined) return { ok: true, data: undefined };
  let data: unknown;
  try {
    data = JSON.parse(extension.data);
  } catch {
    return { ok: false, index, message: 'is not JSON; quote the keys and values with "' };
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, data: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  return { ok: false, index, message: `${where ? `"${where}": ` : ''}${issue?.message ?? 'is not known here'}` };
}

/** Our extension as the format wants it; nothing when it says nothing. */
export function writeExtension(data: DatasetExtension | FieldExtension | MetricExtension): {
  readonly custom_extensions?: OssieExtension[];
} {
  const said = Object.entries(data).filter(([, value]) => value !== undefined);
  if (said.length === 0) return {};
  return { custom_extensions: [{ vendor_name: memoriVendor, data: JSON.stringify(Object.fromEntries(said)) }] };
}
