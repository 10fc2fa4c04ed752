"use client";
import { type PointerEvent, useId, useMemo, useState } from "react";
import { Axes, MARGIN } from "./axes";
import { bandPath, linePath, type Spot } from "./paths";
import { linearScale, logScale, type Scale } from "./scale";
import { type SeriesLook, SeriesMark } from "./series-look";
import { useWidth } from "./use-width";

/** The mean at one x; without ends where there are too few values for an interval. */
export interface MeanPoint {
  readonly x: number;
  readonly mean: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly n: number;
}

/** A fitted curve. Beyond `measuredTo` it is extrapolated. */
export interface FittedCurve {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly measuredTo: number;
}

/** One pipeline's results along an axis of rows or of cost. */
export interface BudgetSeries {
  readonly id: string;
  readonly title: string;
  readonly look: SeriesLook;
  readonly points: readonly MeanPoint[];
  /** Every single result: none is hidden behind a mean. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly fit?: FittedCurve | undefined;
}

/** A stretch of x where two curves cross, open at an end that was not found. */
export interface CrossingMark {
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly estimate?: number | undefined;
  /** A few words at its top. */
  readonly title?: string | undefined;
}

interface BudgetChartParts {
  /** What a screen reader says of the picture. */
  readonly label: string;
  readonly series: readonly BudgetSeries[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Absent: powers of ten. */
  readonly xTicks?: readonly number[];
  /** The y axis stays inside, for example 0 and 1 for shares. */
  readonly bounds?: readonly [number, number] | undefined;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Shorter, for the y axis. */
  readonly formatTick?: (value: number) => string;
  /** A level to know, for example that of always saying the commonest class. */
  readonly reference?: { readonly y: number; readonly title: string } | undefined;
  readonly crossings?: readonly CrossingMark[];
}

const HEIGHT = 340;

/** A score against rows or cost (log x): every result as a dot, means as a line, 95 % intervals as a band. */
export function BudgetChart(parts: BudgetChartParts) {
  const { label, series, xTitle, yTitle, formatX, formatY, reference } = parts;
  const [ref, width] = useWidth<HTMLDivElement>(720);
  const hatch = useId();
  const [near, setNear] = useState<number | undefined>(undefined);
  const { x, y } = useMemo(() => scalesOf(parts, width), [parts, width]);
  const stops = useMemo(
    () => [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b),
    [series],
  );
  const move = (event: PointerEvent<SVGSVGElement>): void => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setNear(nearest(stops, (stop) => Math.abs(x.at(stop) - at)));
  };
  const bottom = HEIGHT - MARGIN.bottom;
  return (
    <div ref={ref} className="flex min-w-0 flex-col gap-2">
      <svg
        role="img"
        aria-label={label}
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        onPointerMove={move}
        onPointerLeave={() => setNear(undefined)}
      >
        <defs>
          <pattern
            id={hatch}
            width="7"
            height="7"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <line x1="0" y1="0" x2="0" y2="7" stroke="var(--edge)" strokeWidth="1.5" strokeOpacity="0.5" />
          </pattern>
        </defs>
        <Axes
          {...{ width, height: HEIGHT, x, y, xTitle, yTitle, formatX }}
          formatY={parts.formatTick ?? formatY}
        >
          <Extrapolated series={series} x={x} fill={`url(#${hatch})`} width={width} />
          {(parts.crossings ?? []).map((crossing, index) => (
            <Crossing
              key={`${crossing.low}-${crossing.high}-${index}`}
              crossing={crossing}
              x={x}
              right={width - MARGIN.right}
            />
          ))}
          {reference === undefined ? null : (
            <Reference {...reference} at={y.at(reference.y)} right={width - MARGIN.right} />
          )}
          {near === undefined ? null : (
            <line x1={x.at(near)} x2={x.at(near)} y1={MARGIN.top} y2={bottom} stroke="var(--edge)" />
          )}
          {series.map((one) => (
            <Series key={one.id} series={one} x={x} y={y} />
          ))}
        </Axes>
      </svg>
      <Readout {...{ near, series, formatX, formatY, xTitle }} />
    </div>
  );
}

function scalesOf(
  { series, xTicks, bounds, reference }: BudgetChartParts,
  width: number,
): { readonly x: Scale; readonly y: Scale } {
  const xs = series.flatMap(({ points, dots, fit }) => [
    ...points.map((point) => point.x),
    ...dots.map((dot) => dot.x),
    ...(fit?.points.map((point) => point.x) ?? []),
  ]);
  const ys = series.flatMap(({ points, dots }) => [
    ...points.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]),
    ...dots.map((dot) => dot.y),
  ]);
  return {
    x: logScale(xs.length === 0 ? [1, 10] : xs, [MARGIN.left, width - MARGIN.right], xTicks),
    y: linearScale(
      [...ys, ...(reference === undefined ? [] : [reference.y])],
      [HEIGHT - MARGIN.bottom, MARGIN.top],
      { ticks: 6, ...(bounds === undefined ? {} : { bounds }) },
    ),
  };
}

function Series({
  series: { look, points, dots, fit },
  x,
  y,
}: {
  readonly series: BudgetSeries;
  readonly x: Scale;
  readonly y: Scale;
}) {
  const ordered = [...points].sort((a, b) => a.x - b.x);
  const spots = ordered.map(({ x: at, mean }): Spot => [x.at(at), y.at(mean)]);
  return (
    <g>
      {stretchesOf(ordered).map((stretch) => (
        <path
          key={stretch[0]?.x}
          d={bandPath(
            stretch.map(({ x: at, high }): Spot => [x.at(at), y.at(high)]),
            stretch.map(({ x: at, low }): Spot => [x.at(at), y.at(low)]),
          )}
          fill={look.colour}
          fillOpacity={0.16}
          stroke={look.colour}
          strokeOpacity={0.35}
          strokeWidth={stretch.length === 1 ? 6 : 1}
        />
      ))}
      {fit === undefined ? null : (
        <path
          d={linePath(fit.points.map(({ x: at, y: value }): Spot => [x.at(at), y.at(value)]))}
          fill="none"
          stroke={look.colour}
          strokeWidth={1.5}
          strokeDasharray="3 4"
        />
      )}
      {dots.map((dot, index) => (
        <SeriesMark
          // Dots have no identity beside their place in the list.
          key={`${dot.x}-${index}`}
          look={look}
          x={x.at(dot.x)}
          y={y.at(dot.y)}
          size={0.7}
          fill="faint"
        />
      ))}
      <path
        d={linePath(spots)}
        fill="none"
        stroke={look.colour}
        strokeWidth={2.25}
        strokeLinejoin="round"
        strokeDasharray={look.dash}
      />
      {spots.map(([atX, atY]) => (
        <SeriesMark key={`${atX}`} look={look} x={atX} y={atY} fill="hollow" />
      ))}
    </g>
  );
}

interface Bounded {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Neighbours that have intervals: a band never spans a point without one. */
export function stretchesOf(points: readonly MeanPoint[]): readonly (readonly Bounded[])[] {
  const stretches: Bounded[][] = [];
  let open: Bounded[] | undefined;
  for (const { x, low, high } of points) {
    if (low === undefined || high === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      stretches.push(open);
    }
    open.push({ x, low, high });
  }
  return stretches;
}

/** Hatching over the part of the axis where curves are only fitted. */
function Extrapolated({
  series,
  x,
  fill,
  width,
}: {
  readonly series: readonly BudgetSeries[];
  readonly x: Scale;
  readonly fill: string;
  readonly width: number;
}) {
  const fits = series.flatMap(({ fit }) => (fit === undefined ? [] : [fit]));
  if (fits.length === 0) return null;
  const from = x.at(Math.max(...fits.map(({ measuredTo }) => measuredTo)));
  const to = width - MARGIN.right;
  if (to - from < 1) return null;
  return (
    <rect
      x={from}
      y={MARGIN.top}
      width={to - from}
      height={HEIGHT - MARGIN.bottom - MARGIN.top}
      fill={fill}
    />
  );
}

function Crossing({
  crossing,
  x,
  right,
}: {
  readonly crossing: CrossingMark;
  readonly x: Scale;
  readonly right: number;
}) {
  const inside = (value: number): number => Math.min(Math.max(value, x.domain[0]), x.domain[1]);
  const from = x.at(inside(crossing.low ?? x.domain[0]));
  const to = x.at(inside(crossing.high ?? x.domain[1]));
  const bottom = HEIGHT - MARGIN.bottom;
  const endsRight = (from + to) / 2 > (MARGIN.left + right) / 2;
  return (
    <g>
      {crossing.title === undefined ? null : (
        <text
          x={endsRight ? to - 6 : from + 6}
          y={MARGIN.top + 14}
          textAnchor={endsRight ? "end" : "start"}
          className="fill-warning text-sm font-medium"
        >
          {crossing.title}
        </text>
      )}
      <rect
        x={from}
        y={MARGIN.top}
        width={Math.max(2, to - from)}
        height={bottom - MARGIN.top}
        fill="var(--warning)"
        fillOpacity={0.12}
      />
      {crossing.estimate === undefined ? null : (
        <line
          x1={x.at(inside(crossing.estimate))}
          x2={x.at(inside(crossing.estimate))}
          y1={MARGIN.top}
          y2={bottom}
          stroke="var(--warning)"
          strokeWidth={2}
          strokeDasharray="2 3"
        />
      )}
    </g>
  );
}

function Reference({
  at,
  title,
  right,
}: {
  readonly at: number;
  readonly title: string;
  readonly right: number;
}) {
  return (
    <g>
      <line x1={MARGIN.left} x2={right} y1={at} y2={at} stroke="var(--ink)" strokeDasharray="1 4" />
      <text x={right} y={at - 5} textAnchor="end" className="fill-quiet text-sm">
        {title}
      </text>
    </g>
  );
}

/** The numbers at the x that the pointer is nearest to; each with its interval and n. */
function Readout({
  near,
  series,
  formatX,
  formatY,
  xTitle,
}: Pick<BudgetChartParts, "series" | "formatX" | "formatY" | "xTitle"> & {
  readonly near: number | undefined;
}) {
  const found =
    near === undefined
      ? []
      : series.flatMap(({ id, title, points }) =>
          points.filter(({ x }) => x === near).map((point) => ({ id, title, point })),
        );
  return (
    <p aria-hidden className="flex min-h-5 flex-wrap gap-x-4 text-sm text-quiet">
      {near === undefined ? (
        "Point at the chart to read its numbers; the table has all of them."
      ) : (
        <>
          <span className="font-medium text-ink">
            {formatX(near)} · {xTitle}
          </span>
          {found.map(({ id, title, point: { mean, low, high, n } }) => (
            <span key={id}>
              {title}: <span className="text-ink">{formatY(mean)}</span>{" "}
              {low === undefined || high === undefined ? "" : `(${formatY(low)} to ${formatY(high)}) `}n = {n}
            </span>
          ))}
        </>
      )}
    </p>
  );
}

function nearest(stops: readonly number[], distance: (stop: number) => number): number | undefined {
  let best: number | undefined;
  for (const stop of stops) if (best === undefined || distance(stop) < distance(best)) best = stop;
  return best;
}
