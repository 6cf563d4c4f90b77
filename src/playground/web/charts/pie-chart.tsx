import { useState } from 'react';
import { type ChartData, seriesColor } from './chart-data.ts';
import { fullNumber } from './nice-ticks.ts';

type Props = { readonly data: ChartData; readonly label: string };

const radius = 90;

/** A pie with its legend as a list of name, value and share. Hovering over one highlights the other. */
export function PieChart({ data, label }: Props) {
  const [at, setAt] = useState<number>();
  const values = (data.series[0]?.values ?? []).map((value) => Math.max(value ?? 0, 0));
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const starts = values.map((_value, index) => values.slice(0, index).reduce((sum, value) => sum + value, 0) / total);
  return (
    <div className="chart__pie">
      <svg
        width={radius * 2 + 8}
        height={radius * 2 + 8}
        viewBox={`${-radius - 4} ${-radius - 4} ${radius * 2 + 8} ${radius * 2 + 8}`}
        role="img"
        aria-label={label}
      >
        {values.map((value, index) => (
          <path
            key={data.categories[index]}
            d={slice(starts[index] ?? 0, value / total)}
            fill={seriesColor(index)}
            className="chart__slice"
            opacity={at === undefined || at === index ? 1 : 0.6}
            onPointerEnter={() => setAt(index)}
            onPointerLeave={() => setAt(undefined)}
          />
        ))}
      </svg>
      <ul className="chart__pie-legend">
        {values.map((value, index) => (
          <li
            key={data.categories[index]}
            className={at === index ? 'chart__pie-row--at' : ''}
            onPointerEnter={() => setAt(index)}
            onPointerLeave={() => setAt(undefined)}
          >
            <span className="chart__swatch" style={{ background: seriesColor(index) }} />
            <span className="chart__pie-name">{data.categories[index]}</span>
            <span className="chart__pie-value">{fullNumber(value)}</span>
            <span className="chart__pie-share">{((value / total) * 100).toFixed(1)}%</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The outline of a slice; `from` and `share` are parts of the whole, clockwise from the top. */
function slice(from: number, share: number): string {
  if (share >= 0.9999)
    return `M0,${-radius} A${radius},${radius} 0 1 1 0,${radius} A${radius},${radius} 0 1 1 0,${-radius}Z`;
  const edge = (part: number) => {
    const angle = part * 2 * Math.PI;
    return `${(radius * Math.sin(angle)).toFixed(2)},${(-radius * Math.cos(angle)).toFixed(2)}`;
  };
  return `M0,0 L${edge(from)} A${radius},${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${edge(from + share)}Z`;
}
