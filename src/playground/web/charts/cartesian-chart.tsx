import { type PointerEvent, useRef, useState } from 'react';
import { CartesianAxes } from './cartesian-axes.tsx';
import { cartesianScale } from './cartesian-scale.ts';
import { type ChartData, seriesColor } from './chart-data.ts';
import { fullNumber } from './nice-ticks.ts';
import { SeriesMarks } from './series-marks.tsx';
import { useWidth } from './use-width.ts';

type Props = { readonly data: ChartData; readonly label: string };

/** Bars, lines or areas over two axes. Hovering over a category shows its figures; with the keyboard a slider does. */
export function CartesianChart({ data, label }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [at, setAt] = useState<number>();
  const last = data.categories.length - 1;
  const scale = cartesianScale(data, Math.max(width, 240));
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const index = Math.floor((x - scale.left) / scale.band);
    setAt(index >= 0 && index <= last ? index : undefined);
  };
  return (
    <div ref={frame} className="chart__frame" style={{ minHeight: scale.height }}>
      {width > 0 && (
        <svg
          width={width}
          height={scale.height}
          role="img"
          aria-label={label}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setAt(undefined)}
        >
          {at !== undefined && (
            <rect
              x={scale.x(at) - scale.band / 2}
              y={scale.top}
              width={scale.band}
              height={scale.bottom - scale.top}
              className="chart__band"
            />
          )}
          <CartesianAxes data={data} scale={scale} />
          <SeriesMarks data={data} scale={scale} at={at} />
        </svg>
      )}
      <input
        type="range"
        className="chart__reader"
        aria-label={`Read the figures of ${label}`}
        aria-valuetext={at === undefined ? undefined : figuresOf(data, at)}
        min={0}
        max={last}
        value={at ?? 0}
        onFocus={() => setAt((known) => known ?? 0)}
        onChange={(event) => setAt(Number(event.target.value))}
        onBlur={() => setAt(undefined)}
      />
      {at !== undefined && <Tooltip data={data} at={at} left={scale.x(at)} flipped={scale.x(at) > width / 2} />}
    </div>
  );
}

function figuresOf(data: ChartData, at: number): string {
  const figures = data.series.map(({ name, values }) => `${name} ${shownValue(values[at])}`);
  return `${data.categories[at]}: ${figures.join(', ')}`;
}

function shownValue(value: number | null | undefined): string {
  return value === null || value === undefined ? 'no value' : fullNumber(value);
}

type TooltipProps = { readonly data: ChartData; readonly at: number; readonly left: number; readonly flipped: boolean };

function Tooltip({ data, at, left, flipped }: TooltipProps) {
  return (
    <div className={`chart__tooltip ${flipped ? 'chart__tooltip--flipped' : ''}`} style={{ left }} role="status">
      <b>{data.categories[at]}</b>
      {data.series.map((series, index) => {
        return (
          <span key={series.name} className="chart__tooltip-row">
            <span className="chart__swatch" style={{ background: seriesColor(index) }} />
            <span>{series.name}</span>
            <span className="chart__tooltip-value">{shownValue(series.values[at])}</span>
          </span>
        );
      })}
    </div>
  );
}
