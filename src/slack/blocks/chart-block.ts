import type { Chart } from '../../core/charts/chart.ts';
import { clip, inertLine } from '../escape.ts';
import { slackLimits } from '../limits.ts';

type Point = { readonly label: string; readonly value: number };

/**
 * Slack's native chart, which @slack/types does not have yet.
 * docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export type ChartBlock = {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart:
    | { readonly type: 'pie'; readonly segments: readonly Point[] }
    | {
        readonly type: 'bar' | 'line' | 'area';
        readonly series: readonly { readonly name: string; readonly data: readonly Point[] }[];
        readonly axis_config: {
          readonly categories: readonly string[];
          readonly x_label?: string;
          readonly y_label?: string;
        };
      };
};

/**
 * The native block, or undefined when Slack would refuse the chart: too many series or categories, a gap in a series,
 * or labels that are equal in their first 20 characters. The chart is then drawn as a PNG, because nothing is
 * aggregated or left out to make it fit.
 */
export function chartBlock(chart: Chart): ChartBlock | undefined {
  const labels = chart.categories.map(shortLabel);
  const names = chart.series.map(({ name }) => shortLabel(name));
  if (!areDistinct(labels) || !areDistinct(names) || names.length === 0 || names.length > slackLimits.chartSeries)
    return undefined;
  const series = chart.series.map(({ values }) => points(labels, values));
  if (!series.every((data) => data !== undefined)) return undefined;
  const title = clip(inertLine(chart.title) || '–', slackLimits.chartTitle);
  return chart.kind === 'pie' ? pie(title, series) : cartesian(chart, title, labels, names, series);
}

function pie(title: string, series: readonly (readonly Point[])[]): ChartBlock | undefined {
  const [segments] = series;
  if (segments === undefined || segments.length > slackLimits.chartSegments) return undefined;
  if (!segments.every(({ value }) => value > 0)) return undefined;
  return { type: 'data_visualization', title, chart: { type: 'pie', segments } };
}

function cartesian(
  { kind, xLabel, yLabel }: Chart,
  title: string,
  categories: readonly string[],
  names: readonly string[],
  data: readonly (readonly Point[])[],
): ChartBlock | undefined {
  if (kind === 'pie' || categories.length > slackLimits.chartCategories) return undefined;
  const series = names.map((name, index) => ({ name, data: data[index] ?? [] }));
  const axes = { ...axisLabel('x_label', xLabel), ...axisLabel('y_label', yLabel) };
  return { type: 'data_visualization', title, chart: { type: kind, series, axis_config: { categories, ...axes } } };
}

const axisLabel = (key: 'x_label' | 'y_label', text: string): Partial<Record<'x_label' | 'y_label', string>> =>
  inertLine(text) === '' ? {} : { [key]: clip(inertLine(text), slackLimits.chartAxisLabel) };

const shortLabel = (text: string): string => clip(inertLine(text) || '–', slackLimits.chartLabel);

const areDistinct = (labels: readonly string[]): boolean => new Set(labels).size === labels.length;

function points(labels: readonly string[], values: readonly (number | null)[]): readonly Point[] | undefined {
  const data = labels.flatMap((label, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ label, value }];
  });
  return data.length === labels.length ? data : undefined;
}
