import type { EChartsCoreOption } from 'echarts/core';
import type { Chart } from '../../core/charts/chart.ts';
import type { ChartTheme } from './themes.ts';

const fontFamily = 'DejaVu Sans, Liberation Sans, Noto Sans, Noto Sans CJK SC, sans-serif';
/** Longer names are shortened, or they would squeeze the bars out of a horizontal chart. Characters. */
const longestLabel = 28;
/** From this length of a name on, bars are horizontal so that names can be read. Characters. */
const readableUpright = 12;

/** The echarts options of a chart: no animation, no frame, a light grid, shortened figures on the axis. */
export function chartOption(chart: Chart, theme: ChartTheme): EChartsCoreOption {
  const hasLegend = chart.series.length > 1 || chart.kind === 'pie';
  return {
    animation: false,
    color: [...theme.palette],
    backgroundColor: theme.background,
    textStyle: { fontFamily, color: theme.text },
    title: {
      text: chart.title,
      left: 24,
      top: 18,
      textStyle: { fontSize: 17, fontWeight: 600, color: theme.text, fontFamily, width: 740, overflow: 'truncate' },
    },
    ...(hasLegend
      ? {
          legend: {
            left: 20,
            top: 50,
            icon: 'circle',
            itemWidth: 9,
            itemHeight: 9,
            itemGap: 18,
            textStyle: { color: theme.muted, fontFamily },
          },
        }
      : {}),
    ...(chart.kind === 'pie' ? pie(chart, theme) : cartesian(chart, theme, hasLegend)),
  };
}

function pie({ categories, series }: Chart, theme: ChartTheme): EChartsCoreOption {
  const values = series[0]?.values ?? [];
  const data = categories.map((name, index) => ({ name, value: values[index] ?? 0 }));
  const label = { formatter: '{b}  {d}%', color: theme.text, fontFamily };
  return {
    series: [
      {
        type: 'pie',
        radius: ['40%', '64%'],
        center: ['50%', '57%'],
        data,
        label,
        itemStyle: { borderColor: theme.background, borderWidth: 2 },
      },
    ],
  };
}

function cartesian(chart: Chart, theme: ChartTheme, hasLegend: boolean): EChartsCoreOption {
  const lies = chart.kind === 'bar' && chart.categories.some((name) => name.length > readableUpright);
  const names = categoryAxis(chart, theme, lies);
  const figures = valueAxis(chart, theme, lies);
  return {
    grid: { left: 24, right: 36, top: hasLegend ? 108 : 84, bottom: lies ? 24 : 44, containLabel: true },
    xAxis: lies ? figures : names,
    yAxis: lies ? names : figures,
    series: chart.series.map(({ name, values }) => ({ name, data: [...values], ...drawnAs(chart) })),
  };
}

const categoryAxis = ({ kind, categories, xLabel }: Chart, theme: ChartTheme, lies: boolean) => ({
  type: 'category',
  data: [...categories],
  /** Bars that lie down are read from the top. */
  inverse: lies,
  boundaryGap: kind === 'bar',
  axisLine: { lineStyle: { color: theme.line } },
  axisTick: { show: false },
  axisLabel: { color: theme.muted, fontFamily, hideOverlap: true, formatter: shortened },
  ...(lies
    ? {}
    : { name: xLabel, nameLocation: 'middle', nameGap: 30, nameTextStyle: { color: theme.muted, fontFamily } }),
});

const valueAxis = ({ yLabel }: Chart, theme: ChartTheme, lies: boolean) => ({
  type: 'value',
  splitLine: { lineStyle: { color: theme.line } },
  axisLabel: { color: theme.muted, fontFamily, formatter: compact },
  ...(lies
    ? {}
    : {
        name: yLabel,
        nameGap: 14,
        nameTextStyle: { color: theme.muted, fontFamily, align: 'left' },
      }),
});

function drawnAs({ kind, categories }: Chart) {
  if (kind === 'bar') return { type: 'bar', barMaxWidth: 44, itemStyle: { borderRadius: 3 } };
  const line = {
    type: 'line',
    lineStyle: { width: 2.5 },
    symbol: 'circle',
    symbolSize: 6,
    showSymbol: categories.length <= 40,
  };
  return kind === 'area' ? { ...line, areaStyle: { opacity: 0.18 } } : line;
}

const shortened = (name: string): string => (name.length > longestLabel ? `${name.slice(0, longestLabel - 1)}…` : name);

/** `12.5K`, `3M`: room on the axis matters more than the digits, which the table has. */
const compact = (value: number): string => new Intl.NumberFormat('en', { notation: 'compact' }).format(value);
