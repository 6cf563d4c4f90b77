import { renderAsync } from '@resvg/resvg-js';
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LegacyGridContainLabel } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart, ChartRenderer } from '../../core/charts/chart.ts';
import { chartOption } from './chart-option.ts';
import { themes } from './themes.ts';

/** Loads only the parts of echarts that are used. `LegacyGridContainLabel` keeps long names inside the picture. */
echarts.use([
  BarChart,
  LineChart,
  PieChart,
  GridComponent,
  LegacyGridContainLabel,
  LegendComponent,
  TitleComponent,
  SVGRenderer,
]);

/** Size in points; the picture has twice as many pixels each way, for sharp screens. */
const size = { width: 800, height: 440 };
const pixelRatio = 2;

/**
 * Draws charts as PNG: echarts makes SVG without a browser, and resvg rasterises it in a thread of its own. Texts use
 * the system's fonts. Where none is installed resvg leaves texts out; the container image installs one.
 */
export function createChartRenderer(options: { readonly systemFonts?: boolean } = {}): ChartRenderer {
  const font = {
    loadSystemFonts: options.systemFonts ?? true,
    defaultFontFamily: 'DejaVu Sans',
    sansSerifFamily: 'DejaVu Sans',
  };
  return {
    async png(chart, theme) {
      const image = await renderAsync(svg(chart, theme), {
        font,
        background: themes[theme].background,
        fitTo: { mode: 'zoom', value: pixelRatio },
      });
      return image.asPng();
    },
  };
}

function svg(chart: Chart, theme: 'light' | 'dark'): string {
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption(chartOption(chart, themes[theme]));
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}
