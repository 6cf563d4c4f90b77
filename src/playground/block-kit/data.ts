/** Tables and charts: docs.slack.dev/reference/block-kit/blocks/{table,data-table,data-visualization}-block. */
import { z } from 'zod';
import { limits } from '../limits.ts';
import { richTextBlock } from './rich-text.ts';
import { blockId, short } from './text.ts';

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) });
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richTextBlock]);

const isRectangle = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);

/** A plain table; every row has the same number of cells. */
export const tableBlock = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(z.array(cell).min(1).max(limits.table.columns)).min(1).max(limits.table.rows),
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() })
        .nullable(),
    )
    .max(limits.table.columns)
    .optional(),
});

/** A table with typed cells, to sort and page through. */
export const dataTableBlock = z.strictObject({
  type: z.literal('data_table'),
  block_id: blockId,
  caption: z.string().min(1),
  rows: z
    .array(z.array(cell).min(1).max(limits.dataTable.columns))
    .min(limits.dataTable.minRows)
    .max(limits.dataTable.rows)
    .refine(isRectangle, 'all rows must have the same number of cells')
    .refine((rows) => rows[0]?.every((heading) => heading.type !== 'rich_text'), 'rich_text cannot be a header cell'),
  page_size: z.number().int().min(1).max(limits.dataTable.pageSize).optional(),
  row_header_column_index: z
    .number()
    .int()
    .min(0)
    .max(limits.dataTable.columns - 1)
    .optional(),
});

const label = short(limits.chart.label);
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const series = z
  .array(
    z.strictObject({
      name: label,
      data: z
        .array(z.strictObject({ label, value: z.number() }))
        .min(1)
        .max(limits.chart.categories),
    }),
  )
  .min(1)
  .max(limits.chart.series)
  .refine((all) => isUnique(all.map((one) => one.name)), 'series names must be unique');

const axis = z.strictObject({
  categories: z.array(label).min(1).max(limits.chart.categories).refine(isUnique, 'categories must be unique'),
  x_label: short(limits.chart.axisLabel).optional(),
  y_label: short(limits.chart.axisLabel).optional(),
});

const plotted = { series, axis_config: axis };
type Plot = z.infer<typeof series>;

/** Every series has one point per category, under the category's name. */
const matchesCategories = (chart: { series: Plot; axis_config: z.infer<typeof axis> }): boolean =>
  chart.series.every(
    (one) =>
      one.data.length === chart.axis_config.categories.length &&
      one.data.every((point) => chart.axis_config.categories.includes(point.label)),
  );
const pointsMatch = 'the labels of each series must match axis_config.categories';

/** A chart: pie, bar, line or area. */
export const dataVisualizationBlock = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: short(limits.chart.title),
  chart: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pie'),
      segments: z
        .array(z.strictObject({ label, value: z.number().positive() }))
        .min(1)
        .max(limits.chart.segments),
    }),
    z.strictObject({ type: z.literal('bar'), ...plotted }).refine(matchesCategories, pointsMatch),
    z.strictObject({ type: z.literal('line'), ...plotted }).refine(matchesCategories, pointsMatch),
    z.strictObject({ type: z.literal('area'), ...plotted }).refine(matchesCategories, pointsMatch),
  ]),
});
