import type { ChartData } from './chart-data.ts';
import { fullNumber } from './nice-ticks.ts';

/** The figures of a chart, for screen readers and exact values. */
export function ChartTable({ data, caption }: { readonly data: ChartData; readonly caption: string }) {
  return (
    <div className="data-table__scroll">
      <table>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{data.xLabel}</th>
            {data.series.map((series) => (
              <th key={series.name} scope="col" className="data-table__number">
                {series.name || 'Value'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.categories.map((category, index) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {data.series.map((series) => {
                const value = series.values[index];
                return (
                  <td key={series.name} className="data-table__number">
                    {value === null || value === undefined ? '–' : fullNumber(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
