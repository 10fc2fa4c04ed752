"use client";
import "uplot/dist/uPlot.min.css";
import { useEffect, useRef, useState } from "react";
import type uPlot from "uplot";
import { shortNumber } from "../components/numbers";
import { useWidth } from "./use-width";

/** One line of a chart of curves. */
export interface Curve {
  readonly key: string;
  readonly title: string;
  /** A CSS colour or `var(--token)`. */
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Stands at a quarter of its strength behind a smoothed line. */
  readonly faint?: boolean;
  /** One a place on the x axis. */
  readonly values: readonly (number | undefined)[];
}

interface CurveChartParts {
  readonly label: string;
  readonly xs: readonly number[];
  readonly curves: readonly Curve[];
  readonly xTitle: string;
  readonly logY: boolean;
  /** A logarithmic x axis with a tick at every place; places above 0. Default: linear. */
  readonly logX?: boolean;
  /** A vertical line, for example at the best step. */
  readonly marks?: readonly number[];
}

const HEIGHT = 220;

/** Curves that grow while one looks, drawn on a canvas by uPlot, which is fetched when the first chart is there. */
export function CurveChart({ label, xs, curves, xTitle, logY, logX = false, marks = [] }: CurveChartParts) {
  const [frame, width] = useWidth<HTMLDivElement>(480);
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const theme = useThemeTurns();
  const [failed, setFailed] = useState(false);
  const [place, setPlace] = useState<number | undefined>(undefined);
  const latest = useRef({ xs, curves, width, marks });
  useEffect(() => {
    latest.current = { xs, curves, width, marks };
  });

  // Everything but the numbers: when it changes the plot is made anew.
  const structure = JSON.stringify([curves.map(({ values: _, ...look }) => look), xTitle, logY, logX, theme]);
  useEffect(() => {
    let gone = false;
    const draw = async (): Promise<void> => {
      const { default: Plot } = await import("uplot");
      if (gone || host.current === null) return;
      const { xs: x, curves: lines, width: px } = latest.current;
      const options = plotOptions(
        { lines, xTitle, logY, ticks: logX ? x : undefined, width: px },
        host.current,
      );
      options.hooks = {
        setCursor: [({ cursor }) => setPlace(cursor.idx ?? undefined)],
        draw: [(drawn) => drawMarks(drawn, latest.current.marks)],
      };
      plot.current = new Plot(options, dataOf(x, lines), host.current);
    };
    // Offline, or a browser that uPlot refuses: the page goes on without the picture.
    draw().catch((error: unknown) => {
      reportError(error);
      setFailed(true);
    });
    return () => {
      gone = true;
      plot.current?.destroy();
      plot.current = undefined;
    };
    // `structure` stands for the curves' looks.
  }, [structure, xTitle, logY, logX]);

  useEffect(() => plot.current?.setData(dataOf(xs, curves)), [xs, curves]);
  useEffect(() => plot.current?.setSize({ width, height: HEIGHT }), [width]);
  const at = place === undefined || place >= xs.length ? xs.length - 1 : place;
  return (
    <div ref={frame} className="flex min-w-0 flex-col gap-2">
      {failed ? (
        <p className="text-sm text-quiet">
          The chart can’t be drawn here. The table has the same numbers; reload the page to try again.
        </p>
      ) : (
        <div role="img" aria-label={label} ref={host} style={{ height: HEIGHT }} />
      )}
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {curves
          .filter(({ faint }) => faint !== true)
          .map(({ key, title, colour, dash, values }) => (
            <li key={key} className="inline-flex items-center gap-2">
              <svg aria-hidden width="20" height="8" className="shrink-0">
                <line
                  x1="0"
                  x2="20"
                  y1="4"
                  y2="4"
                  stroke={colour}
                  strokeWidth="2"
                  strokeDasharray={dash?.join(" ")}
                />
              </svg>
              <span className="text-quiet">{title}</span>
              <span>{shortNumber(lastUpTo(values, at))}</span>
            </li>
          ))}
        {xs.length === 0 ? null : (
          <li className="ml-auto text-quiet">
            {xTitle} {shortNumber(xs[at])}
          </li>
        )}
      </ul>
    </div>
  );
}

interface PlotLook {
  readonly lines: readonly Curve[];
  readonly xTitle: string;
  readonly logY: boolean;
  /** Where the x axis is logarithmic: its ticks. */
  readonly ticks: readonly number[] | undefined;
  readonly width: number;
}

function plotOptions({ lines, xTitle, logY, ticks, width }: PlotLook, element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (written: string): string => {
    const token = /^var\((--[\w-]+)\)$/.exec(written)?.[1];
    return token === undefined ? written : style.getPropertyValue(token).trim();
  };
  const font = `13px ${style.fontFamily}`;
  const axis = {
    stroke: colour("var(--quiet)"),
    font,
    labelFont: font,
    grid: { stroke: colour("var(--line)"), width: 1 },
    ticks: { stroke: colour("var(--line)"), width: 1, size: 4 },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: {
      x: {
        time: false,
        ...(ticks === undefined ? {} : { distr: 3, range: () => [ticks[0] ?? 1, ticks.at(-1) ?? 1] }),
      },
      y: { distr: logY ? 3 : 1 },
    },
    axes: [
      {
        ...axis,
        label: xTitle,
        labelSize: 20,
        size: 32,
        ...(ticks === undefined ? {} : { splits: () => [...ticks], values: () => ticks.map(shortNumber) }),
      },
      { ...axis, size: 56, values: (_plot, shown) => shown.map((tick) => shortNumber(tick)) },
    ],
    series: [
      {},
      ...lines.map(({ title, colour: written, dash, faint }) => ({
        label: title,
        stroke: colour(written),
        alpha: faint === true ? 0.25 : 1,
        width: faint === true ? 1.25 : 2,
        spanGaps: true,
        // One point alone makes no line.
        points: { show: (plot: uPlot) => plot.data[0].length < 2 },
        ...(dash === undefined ? {} : { dash: [...dash] }),
      })),
    ],
  };
}

function dataOf(xs: readonly number[], curves: readonly Curve[]): uPlot.AlignedData {
  return [[...xs], ...curves.map(({ values }) => values.map((value) => value ?? null))];
}

function drawMarks(plot: uPlot, marks: readonly number[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = getComputedStyle(plot.root).getPropertyValue("--edge").trim();
  ctx.setLineDash([4, 4]);
  for (const mark of marks) {
    const x = plot.valToPos(mark, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function lastUpTo(values: readonly (number | undefined)[], place: number): number | undefined {
  for (let at = Math.min(place, values.length - 1); at >= 0; at--) {
    if (values[at] !== undefined) return values[at];
  }
  return undefined;
}

/** Counts changes of the theme: a canvas must be painted anew, it knows no CSS variables. */
function useThemeTurns(): number {
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    const observer = new MutationObserver(() => setTurns((count) => count + 1));
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => observer.disconnect();
  }, []);
  return turns;
}
