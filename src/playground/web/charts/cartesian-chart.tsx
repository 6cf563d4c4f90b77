import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { CartesianAxes } from './cartesian-axes.tsx';
import { cartesianScale } from './cartesian-scale.ts';
import { type ChartData, seriesColor } from './chart-data.ts';
import { fullNumber } from './nice-ticks.ts';
import { SeriesMarks } from './series-marks.tsx';
import { useWidth } from './use-width.ts';

type Props = { readonly data: ChartData; readonly label: string };

/** Bars, lines or areas over two axes. Pointing at a category, or the arrow keys, shows its figures. */
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
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt((known) => Math.min(last, Math.max(0, (known ?? (step > 0 ? -1 : last + 1)) + step)));
  };
  return (
    <div ref={frame} className="chart__frame" style={{ minHeight: scale.height }}>
      {width > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the figures one by one
        <svg
          width={width}
          height={scale.height}
          role="img"
          aria-label={`${label}. Arrow keys read the figures.`}
          tabIndex={0}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setAt(undefined)}
          onBlur={() => setAt(undefined)}
          onKeyDown={onKeyDown}
        >
          {at !== undefined && (
            <rect x={scale.x(at) - scale.band / 2} y={scale.top} width={scale.band} height={scale.bottom - scale.top} className="chart__band" />
          )}
          <CartesianAxes data={data} scale={scale} />
          <SeriesMarks data={data} scale={scale} at={at} />
        </svg>
      )}
      {at !== undefined && <Tooltip data={data} at={at} left={scale.x(at)} flipped={scale.x(at) > width / 2} />}
    </div>
  );
}

type TooltipProps = { readonly data: ChartData; readonly at: number; readonly left: number; readonly flipped: boolean };

function Tooltip({ data, at, left, flipped }: TooltipProps) {
  return (
    <div className={`chart__tooltip ${flipped ? 'chart__tooltip--flipped' : ''}`} style={{ left }} role="status">
      <b>{data.categories[at]}</b>
      {data.series.map((series, index) => {
        const value = series.values[at];
        return (
          <span key={series.name} className="chart__tooltip-row">
            <span className="chart__swatch" style={{ background: seriesColor(index) }} />
            <span>{series.name}</span>
            <span className="chart__tooltip-value">{value === null || value === undefined ? 'no value' : fullNumber(value)}</span>
          </span>
        );
      })}
    </div>
  );
}
