import type { CartesianScale } from './cartesian-scale.ts';
import type { ChartData } from './chart-data.ts';
import { shortNumber } from './nice-ticks.ts';

type Props = { readonly data: ChartData; readonly scale: CartesianScale };

/** Grid lines with numbers, category labels, and the names of both axes. */
export function CartesianAxes({ data, scale }: Props) {
  const { left, right, bottom, top, height, ticks, x, y, labels, slanted, labelEvery } = scale;
  const middle = (top + bottom) / 2;
  return (
    <g className="chart__axes">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} className={tick === 0 ? 'chart__zero' : 'chart__grid'} />
          <text x={left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
            {shortNumber(tick)}
          </text>
        </g>
      ))}
      {data.categories.map((label, index) => {
        if (index % labelEvery !== 0) return null;
        const at = { x: x(index), y: bottom + 16 };
        return (
          <text
            key={label}
            {...at}
            textAnchor={slanted ? 'end' : 'middle'}
            transform={slanted ? `rotate(-35 ${at.x} ${at.y})` : undefined}
          >
            {labels[index]?.map((line, at) => (
              <tspan key={line} x={x(index)} dy={at === 0 ? 0 : '1.2em'}>
                {line}
              </tspan>
            ))}
          </text>
        );
      })}
      {data.xLabel && (
        <text className="chart__axis-name" x={(left + right) / 2} y={height - 4} textAnchor="middle">
          {data.xLabel}
        </text>
      )}
      {data.yLabel && (
        <text className="chart__axis-name" transform={`rotate(-90 12 ${middle})`} x={12} y={middle} textAnchor="middle">
          {data.yLabel}
        </text>
      )}
    </g>
  );
}
