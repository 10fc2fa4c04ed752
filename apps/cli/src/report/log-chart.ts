import { type Html, html } from "./html";

/** One pipeline on a chart. */
export interface ChartSeries {
  readonly title: string;
  readonly means: readonly {
    readonly x: number;
    readonly y: number;
    readonly low?: number;
    readonly high?: number;
  }[];
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** A fitted curve; dashed, and lighter behind the last budget. */
  readonly fit: readonly { readonly x: number; readonly y: number; readonly beyond: boolean }[];
}

/** What is drawn besides the series. */
export interface ChartLook {
  readonly label: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  /** Stretches of x that are shaded, with what they mean. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly title: string }[];
}

const WIDTH = 860;
const HEIGHT = 380;
const LEFT = 92;
const RIGHT = 36;
const TOP = 16;
const BOTTOM = 48;
const Y_TICKS = 5;

/** Colours that are told apart with any kind of colour vision (Okabe & Ito), with marks of their own beside them. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"] as const;

/** A series' colour, by its place. */
export const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];

/** Scores over a logarithmic axis: every trial a dot, means with their intervals, fitted curves. Nothing to draw: no chart. */
export function logChart(series: readonly ChartSeries[], look: ChartLook): Html {
  const xs = series.flatMap(({ means, fit }) => [...means, ...fit].map(({ x }) => x)).filter((x) => x > 0);
  const ys = series.flatMap(({ means, dots, fit }) => [
    ...means.flatMap(({ y, low = y, high = y }) => [y, low, high]),
    ...dots.map(({ y }) => y),
    ...fit.map(({ y }) => y),
  ]);
  if (xs.length === 0) return html``;
  const place = scales([Math.min(...xs), Math.max(...xs)], [Math.min(...ys), Math.max(...ys)]);
  const ticks = [...new Set(series.flatMap(({ means }) => means.map(({ x }) => x)))].sort((a, b) => a - b);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${look.label}">${look.bands.map(
    ({ from, to, title }) =>
      html`<rect class="band" x="${place.x(from)}" y="${TOP}" width="${Math.max(2, place.x(to) - place.x(from))}" height="${HEIGHT - TOP - BOTTOM}"><title>${title}</title></rect>`,
  )}${yAxis(place, look)}${xAxis(ticks, place, look)}${series.map((one, index) => drawSeries(one, colourOf(index), place))}</svg>`;
}

interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly ticksY: readonly number[];
}

function scales([x0, x1]: readonly [number, number], [y0, y1]: readonly [number, number]): Places {
  const pad = Math.max(1e-9, (y1 - y0) * 0.05);
  const [low, high] = [y0 - pad, y1 + pad];
  const round = (value: number): number => Math.round(value * 10) / 10;
  const width = Math.log(x1 / x0) || 1;
  return {
    x: (value) => round(LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(value / x0)) / width),
    y: (value) => round(HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (value - low)) / (high - low)),
    ticksY: Array.from({ length: Y_TICKS }, (_, k) => y0 + ((y1 - y0) * k) / (Y_TICKS - 1)),
  };
}

const yAxis = ({ y, ticksY }: Places, { formatY, yTitle }: ChartLook): Html =>
  html`${ticksY.map((value) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${formatY(value)}</text>`)}<text x="14" y="${HEIGHT / 2}" transform="rotate(-90 14 ${HEIGHT / 2})" text-anchor="middle">${yTitle}</text>`;

/** Budgets as ticks; of those that stand too close the later ones have no words. */
function xAxis(ticks: readonly number[], { x }: Places, { formatX, xTitle }: ChartLook): Html {
  let free = Number.NEGATIVE_INFINITY;
  const shown = ticks.filter((tick) => {
    const half = 4 * formatX(tick).length;
    if (x(tick) - half < free) return false;
    free = x(tick) + half + 4;
    return true;
  });
  return html`${shown.map((tick) => html`<text x="${x(tick)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${formatX(tick)}</text>`)}<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${xTitle}</text>`;
}

function drawSeries({ title, means, dots, fit }: ChartSeries, colour: string, { x, y }: Places): Html {
  const path = (points: readonly { readonly x: number; readonly y: number }[]): string =>
    points.map((point, k) => `${k === 0 ? "M" : "L"}${x(point.x)} ${y(point.y)}`).join("");
  const within = fit.filter(({ beyond }) => !beyond);
  const beyond = [...within.slice(-1), ...fit.filter((one) => one.beyond)];
  return html`<g stroke="${colour}" fill="${colour}"><title>${title}</title>${dots.map(
    (dot) => html`<circle class="dot" cx="${x(dot.x)}" cy="${y(dot.y)}" r="2.5"/>`,
  )}<path class="fit" d="${path(within)}"/><path class="beyond" d="${path(beyond)}"/><path class="mean" d="${path(means)}"/>${means.map(
    ({ x: at, y: mean, low, high }) =>
      html`${low === undefined || high === undefined ? html`` : html`<line class="bar" x1="${x(at)}" x2="${x(at)}" y1="${y(low)}" y2="${y(high)}"/>`}<circle cx="${x(at)}" cy="${y(mean)}" r="4"/>`,
  )}</g>`;
}
