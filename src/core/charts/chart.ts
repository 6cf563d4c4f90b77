/**
 * A chart as data: what Slack's `data_visualization` block and the PNG renderer both draw.
 * Values line up with `categories`; a missing value is null.
 */
export type Chart = {
  readonly kind: 'bar' | 'line' | 'area' | 'pie';
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly xLabel: string;
  readonly yLabel: string;
};

/** Draws a chart as PNG bytes, for places where Slack's chart block cannot be used. */
export interface ChartRenderer {
  png(chart: Chart, theme: 'light' | 'dark'): Promise<Uint8Array>;
}
