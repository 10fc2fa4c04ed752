import { type LabCell, labPanels, type LabPanel, type LabResult } from "@seams/core/labs";
import { writeCount } from "../numbers";
import { REPORT_MARK } from "./comparison-report";
import { type Html, html } from "./html";
import { STYLE } from "./style";

/** Colours of heat-map cells: of the gain's side, deeper for larger ones. */
const HEAT = `
td.heat { text-align: left; border: 1px solid var(--line); padding: .4rem .6rem; } td.heat small { display: block; color: var(--quiet); }
td.gain { background: color-mix(in srgb, var(--accent) var(--depth), transparent); } td.loss { background: color-mix(in srgb, var(--loss) var(--depth), transparent); }
td.equivalent, td.undecided { background: transparent; }`;

const VERDICT = { gain: "gain", loss: "loss", equivalent: "equivalent", undecided: "undecided" } as const;

/** A lab as one HTML file that needs no other and runs no script: words, heat maps with their numbers, advice, JSON. */
export function labReport(result: LabResult): string {
  const { title, words, advice, problem, engine, metric, seeds, budgets } = result;
  const { version, backend, form, kernels, threads, node } = engine;
  const outcome = { holds: "yes", fails: "no", unknown: "unknown" } as const;
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${{ html: REPORT_MARK }}<title>${title}</title><style>${{ html: STYLE + HEAT }}</style></head><body><main>
<h1>${title}</h1><p class="quiet">Problem ${problem.name} (data <code>${problem.hash.slice(0, 12)}</code>), ${budgets.map(writeCount).join(", ")} rows, seeds ${seeds.join(", ")}; engine ${version}, ${backend}, ${form}, ${kernels} kernels, ${threads} threads, Node ${node}</p>
<h2>What it comes to</h2>${words.map((sentence) => html`<p class="verdict">${sentence}</p>`)}
<h2>Gain in ${metric}</h2><p class="quiet">Each cell: mean gain over its baseline, 95 % interval, seeds, and the verdict after Holm's correction over the cells of the grid, or of a task; controls are corrected apart.</p>
${labPanels(result).map((panel) => heatMap(panel, result))}
<h2>Advice</h2>${advice.map((one) => html`<section class="advice"><h3>${one.rule} ${one.title} <span class="tag">${outcome[one.outcome]}</span></h3><p>${one.says}</p></section>`)}
<h2>Each cell</h2><ul>${result.cells.map((cell) => html`<li>${cell.words}</li>`)}</ul>
<h2>All numbers</h2><details><summary>The result as JSON</summary><pre class="scroll"><code>${JSON.stringify(result)}</code></pre></details>
</main></body></html>`;
  return `${page.html}\n`;
}

function heatMap(panel: LabPanel, result: LabResult): Html {
  const { title, role, rowTitle, columnTitle, columns, rows } = panel;
  const largest = Math.max(...result.cells.map(({ mean }) => Math.abs(mean)), Number.MIN_VALUE);
  return html`<div class="scroll"><table><caption>${title}${role === "control" ? " (control)" : ""}: ${rowTitle.toLowerCase()} by ${columnTitle.toLowerCase()}</caption><thead><tr><th scope="col">${rowTitle}</th>${columns.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead><tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row">${label}</th>${cells.map((cell) => heatCell(cell, { largest, isShare: result.isShare }))}</tr>`,
  )}</tbody></table></div>`;
}

function heatCell(
  cell: LabCell | undefined,
  { largest, isShare }: { readonly largest: number; readonly isShare: boolean },
): Html {
  if (cell === undefined) return html`<td class="heat">–</td>`;
  const { mean, low, high, n, verdict } = cell;
  const depth = 15 + Math.round((60 * Math.abs(mean)) / largest);
  const number = (value: number): string =>
    `${value > 0 ? "+" : value < 0 ? "−" : ""}${isShare ? Math.abs(100 * value).toFixed(1) : Number(Math.abs(value).toPrecision(2))}`;
  const ends = low === undefined || high === undefined ? "no interval" : `${number(low)} to ${number(high)}`;
  return html`<td class="heat ${verdict}" style="--depth:${depth}%">${number(mean)}<small>${ends}, n = ${n}</small><small>${VERDICT[verdict]}</small></td>`;
}
