import type { PipelineAttribution } from "@seams/core/measure";
import { type Html, html } from "./html";

const WIDTH = 860;
const ROW = 34;
const LABEL = 220;
const NUMBERS = 200;

/** One pipeline's waterfall, from its score as it is to its score with every stage true; whiskers are 95 % intervals. */
export function waterfall(
  { steps, base, ceiling }: PipelineAttribution,
  { label, write }: { readonly label: string; readonly write: (value: number) => string },
): Html {
  const sign = Math.sign(ceiling - base) || 1;
  const bars: Bar[] = [{ title: "as it is", from: 0, to: base, look: "total", text: write(base) }];
  let at = base;
  for (const { stage, gain, low, high } of steps) {
    const whisker =
      low === undefined || high === undefined ? {} : { low: at + sign * low, high: at + sign * high };
    const text = `${gain < 0 ? "−" : "+"}${write(Math.abs(gain))}`;
    bars.push({
      title: `${stage} perfect`,
      from: at,
      to: at + sign * gain,
      look: gain < 0 ? "loss" : "gain",
      text,
      ...whisker,
    });
    at += sign * gain;
  }
  bars.push({ title: "all perfect", from: 0, to: ceiling, look: "total", text: write(ceiling) });
  const most = Math.max(...bars.flatMap(({ from, to, high = to, low = to }) => [from, to, high, low])) || 1;
  const x = (value: number): number =>
    Math.round(10 * (LABEL + ((WIDTH - LABEL - NUMBERS) * Math.max(0, value)) / most)) / 10;
  return html`<svg viewBox="0 0 ${WIDTH} ${ROW * bars.length + 8}" role="img" aria-label="${label}">${bars.map((bar, k) => draw(bar, k * ROW + 8, x))}</svg>`;
}

interface Bar {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly look: "total" | "gain" | "loss";
  readonly text: string;
  readonly low?: number;
  readonly high?: number;
}

function draw(
  { title, from, to, look, text, low, high }: Bar,
  y: number,
  x: (value: number) => number,
): Html {
  const [left, right] = [x(Math.min(from, to)), x(Math.max(from, to))];
  const whisker =
    low === undefined || high === undefined
      ? html``
      : html`<line class="bar" x1="${x(low)}" x2="${x(high)}" y1="${y + 11}" y2="${y + 11}"/>`;
  return html`<text x="${LABEL - 8}" y="${y + 16}" text-anchor="end">${title}</text><rect class="${look}" x="${left}" y="${y}" width="${Math.max(1, right - left)}" height="22"/>${whisker}<text x="${WIDTH - NUMBERS + 8}" y="${y + 16}">${text}</text>`;
}
