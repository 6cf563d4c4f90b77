import type { CartesianScale } from './cartesian-scale.ts';
import { type ChartData, type Series, seriesColor } from './chart-data.ts';

type Props = { readonly data: ChartData; readonly scale: CartesianScale; readonly at: number | undefined };

/** The bars, lines or areas. `at`: the category under the pointer. */
export function SeriesMarks({ data, scale, at }: Props) {
  return data.series.map((series, index) =>
    data.kind === 'bar' ? (
      <Bars
        key={series.name}
        series={series}
        index={index}
        categories={data.categories}
        count={data.series.length}
        scale={scale}
        at={at}
      />
    ) : (
      <Line key={series.name} series={series} index={index} filled={data.kind === 'area'} scale={scale} at={at} />
    ),
  );
}

type BarsProps = {
  readonly series: Series;
  readonly index: number;
  readonly categories: readonly string[];
  readonly count: number;
  readonly scale: CartesianScale;
  readonly at: number | undefined;
};

function Bars({ series, index, categories, count, scale, at }: BarsProps) {
  const group = Math.min(scale.band * 0.72, 56 * count);
  const width = group / count;
  return (
    <g fill={seriesColor(index)}>
      {series.values.map((value, category) => {
        if (value === null) return null;
        const [top, base] = [Math.min(scale.y(value), scale.y(0)), Math.max(scale.y(value), scale.y(0))];
        return (
          <rect
            key={categories[category]}
            x={scale.x(category) - group / 2 + width * index + 0.5}
            y={top}
            width={Math.max(width - 1, 1)}
            height={Math.max(base - top, 1)}
            rx={Math.min(3, width / 4)}
            opacity={at === undefined || at === category ? 1 : 0.45}
          />
        );
      })}
    </g>
  );
}

type LineProps = Omit<BarsProps, 'count' | 'categories'> & { readonly filled: boolean };

function Line({ series, index, filled, scale, at }: LineProps) {
  const color = seriesColor(index);
  const runs = unbrokenRuns(series.values);
  const point = ({ category, value }: Point) => `${scale.x(category).toFixed(1)},${scale.y(value).toFixed(1)}`;
  const few = series.values.length <= 31;
  return (
    <g>
      {runs.map((run) => {
        const [first, last] = [run[0], run.at(-1)];
        if (!first || !last) return null;
        const line = run.map(point).join(' L');
        const base = scale.y(0);
        return (
          <g key={first.category}>
            {filled && (
              <path
                d={`M${scale.x(first.category)},${base} L${line} L${scale.x(last.category)},${base}Z`}
                fill={color}
                opacity={0.18}
              />
            )}
            <path
              d={`M${line}`}
              fill="none"
              stroke={color}
              strokeWidth={2}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
            {run.map((spot) =>
              few || spot.category === at || run.length === 1 ? (
                <circle
                  key={spot.category}
                  cx={scale.x(spot.category)}
                  cy={scale.y(spot.value)}
                  r={spot.category === at ? 5 : 2.5}
                  fill={color}
                />
              ) : null,
            )}
          </g>
        );
      })}
    </g>
  );
}

type Point = { readonly category: number; readonly value: number };

/** A missing value breaks the line instead of being drawn as 0. */
function unbrokenRuns(values: readonly (number | null)[]): readonly (readonly Point[])[] {
  const runs: Point[][] = [[]];
  values.forEach((value, category) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ category, value });
  });
  return runs.filter((run) => run.length > 0);
}
