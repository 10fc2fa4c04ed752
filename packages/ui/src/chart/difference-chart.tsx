"use client";
import { Axes, MARGIN } from "./axes";
import { linearScale, logScale, type Scale } from "./scale";
import { type SeriesLook, SeriesMark } from "./series-look";
import { useWidth } from "./use-width";

/** A mean difference at one x, with a plain and a wider, adjusted interval. */
export interface DifferencePoint {
  readonly x: number;
  readonly mean: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly adjustedLow?: number | undefined;
  readonly adjustedHigh?: number | undefined;
  readonly n: number;
  /** Decided ones are filled, open ones hollow. */
  readonly decided: boolean;
}

interface DifferenceChartParts {
  readonly label: string;
  readonly points: readonly DifferencePoint[];
  readonly look: SeriesLook;
  /** δ: differences inside ±margin don't matter. */
  readonly margin: number;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xTicks?: readonly number[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** What it means to be above and below 0. */
  readonly above: string;
  readonly below: string;
}

const HEIGHT = 260;

/** Paired differences against rows: mean, 95 % interval (thick), adjusted interval (thin), the band that doesn't matter. */
export function DifferenceChart(parts: DifferenceChartParts) {
  const { label, points, look, margin, xTitle, yTitle, formatX, formatY } = parts;
  const [ref, width] = useWidth<HTMLDivElement>(720);
  const right = width - MARGIN.right;
  const xs = points.map((point) => point.x);
  const x = logScale(xs.length === 0 ? [1, 10] : xs, [MARGIN.left, right], parts.xTicks);
  const ends = points.flatMap(({ mean, low, high, adjustedLow, adjustedHigh }) => [
    adjustedLow ?? low ?? mean,
    adjustedHigh ?? high ?? mean,
  ]);
  const y = linearScale([...ends, -margin, margin, 0], [HEIGHT - MARGIN.bottom, MARGIN.top], { ticks: 5 });
  const [top, bottom] = [y.at(margin), y.at(-margin)];
  return (
    <div ref={ref} className="flex min-w-0 flex-col gap-1">
      <p className="text-sm text-quiet" style={{ paddingLeft: MARGIN.left }}>
        {parts.above}
      </p>
      <svg role="img" aria-label={label} width="100%" height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
        <rect
          x={MARGIN.left}
          y={top}
          width={Math.max(0, right - MARGIN.left)}
          height={Math.max(1, bottom - top)}
          fill="var(--edge)"
          fillOpacity={0.22}
        />
        <Axes {...{ width, height: HEIGHT, x, y, xTitle, yTitle, formatX, formatY }}>
          <line
            x1={MARGIN.left}
            x2={right}
            y1={y.at(0)}
            y2={y.at(0)}
            stroke="var(--ink)"
            strokeWidth={1.25}
          />
          {points.map((point) => (
            <Difference key={point.x} point={point} look={look} x={x} y={y} />
          ))}
        </Axes>
      </svg>
      <p className="text-sm text-quiet" style={{ paddingLeft: MARGIN.left }}>
        {parts.below}
      </p>
    </div>
  );
}

function Difference({
  point,
  look,
  x,
  y,
}: {
  readonly point: DifferencePoint;
  readonly look: SeriesLook;
  readonly x: Scale;
  readonly y: Scale;
}) {
  const at = x.at(point.x);
  return (
    <g stroke={look.colour}>
      <Whisker at={at} low={point.adjustedLow} high={point.adjustedHigh} y={y} thick={1.25} cap={6} />
      <Whisker at={at} low={point.low} high={point.high} y={y} thick={3.5} cap={0} />
      <SeriesMark
        look={look}
        x={at}
        y={y.at(point.mean)}
        size={1.25}
        fill={point.decided ? "full" : "hollow"}
      />
    </g>
  );
}

function Whisker({
  at,
  low,
  high,
  y,
  thick,
  cap,
}: {
  readonly at: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly y: Scale;
  readonly thick: number;
  readonly cap: number;
}) {
  if (low === undefined || high === undefined) return null;
  const [top, bottom] = [y.at(high), y.at(low)];
  const caps = cap === 0 ? "" : `M${at - cap} ${top}h${2 * cap}M${at - cap} ${bottom}h${2 * cap}`;
  return <path d={`M${at} ${top}V${bottom}${caps}`} strokeWidth={thick} fill="none" />;
}
