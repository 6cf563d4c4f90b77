import type { DataVisualizationBlock } from 'slack-blocks-to-jsx';

/** Values of one series; null where there is none. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

/** A chart with values in the order of its categories. A pie has one series. */
export type ChartData = {
  readonly kind: 'bar' | 'line' | 'area' | 'pie';
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
};

/** Slack's block with points matched to categories by their label. */
export function chartData({ chart }: DataVisualizationBlock): ChartData {
  if (chart.type === 'pie') {
    const values = chart.segments.map((segment) => segment.value);
    return {
      kind: 'pie',
      categories: chart.segments.map((segment) => segment.label),
      series: [{ name: '', values }],
      xLabel: '',
      yLabel: '',
    };
  }
  const labels = chart.series.flatMap((series) => series.data.map((point) => point.label));
  const categories = chart.axis_config?.categories ?? [...new Set(labels)];
  const series = chart.series.map(({ name, data }) => {
    const byLabel = new Map(data.map((point) => [point.label, point.value]));
    return { name, values: categories.map((category) => byLabel.get(category) ?? null) };
  });
  return {
    kind: chart.type,
    categories,
    series,
    xLabel: chart.axis_config?.x_label ?? '',
    yLabel: chart.axis_config?.y_label ?? '',
  };
}

/** The CSS colour of a series or segment: six colours, then the same in a lighter tone. */
export function seriesColor(index: number): string {
  const color = `var(--chart-${(index % 6) + 1})`;
  const again = Math.floor(index / 6);
  return again === 0 ? color : `color-mix(in srgb, ${color} ${100 - again * 25}%, var(--surface))`;
}
