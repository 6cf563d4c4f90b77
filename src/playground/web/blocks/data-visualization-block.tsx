import { useMemo, useState } from 'react';
import type { DataVisualizationBlock as Visualization } from 'slack-blocks-to-jsx';
import { CartesianChart } from '../charts/cartesian-chart.tsx';
import { type ChartData, chartData, seriesColor } from '../charts/chart-data.ts';
import { ChartTable } from '../charts/chart-table.tsx';
import { PieChart } from '../charts/pie-chart.tsx';

/** A chart with its title and legend; the figures behind it are one click away. */
export function DataVisualizationBlock({ block }: { readonly block: Visualization }) {
  const data = useMemo(() => chartData(block), [block]);
  const [asTable, setAsTable] = useState(false);
  const label = `${data.kind} chart: ${block.title ?? ''}`;
  return (
    <figure className="chart">
      <div className="chart__head">
        <figcaption>{block.title}</figcaption>
        <button type="button" className="link-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Chart' : 'Figures'}
        </button>
      </div>
      {asTable ? <ChartTable data={data} caption={label} /> : <Drawing data={data} label={label} />}
    </figure>
  );
}

function Drawing({ data, label }: { readonly data: ChartData; readonly label: string }) {
  if (data.kind === 'pie') return <PieChart data={data} label={label} />;
  return (
    <>
      {data.series.length > 1 && (
        <ul className="chart__legend">
          {data.series.map((series, index) => (
            <li key={series.name}>
              <span className="chart__swatch" style={{ background: seriesColor(index) }} />
              {series.name}
            </li>
          ))}
        </ul>
      )}
      <CartesianChart data={data} label={label} />
    </>
  );
}
