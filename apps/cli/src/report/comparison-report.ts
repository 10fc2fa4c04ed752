import {
  type Comparison,
  costAt,
  equalCosts,
  planPipelineLabels,
  type Prices,
  scoreOf,
  verdictInWords,
} from "@seams/core/measure";
import type { FindingsQuestion } from "../describe-findings";
import { writeCount, writeScore } from "../numbers";
import { type Html, html, table } from "./html";
import { type ChartSeries, colourOf, logChart } from "./log-chart";
import { STYLE } from "./style";
import { waterfall } from "./waterfall";

/** What tells a report from another HTML file, which is never overwritten. */
export const REPORT_MARK = '<meta name="generator" content="Seams comparison report">';

/**
 * A comparison as one HTML file that needs no other and runs no script: verdicts, charts of score against rows and against
 * label costs, tables, attribution, costs, advice, and the numbers themselves as JSON.
 */
export function comparisonReport(comparison: Comparison, question: FindingsQuestion): string {
  const { problem, metric } = comparison;
  const title = `${problem.name}: ${comparison.pipelines.map((pipeline) => pipeline.title).join(" · ")}`;
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${{ html: REPORT_MARK }}<title>${title}</title><style>${{ html: STYLE }}</style></head><body><main>
<h1>${title}</h1>${provenance(comparison)}
<h2>Verdict</h2><p class="verdict">${verdictInWords(comparison)}</p>${[...comparison.headline, ...comparison.crossover].map(({ words }) => html`<p>${words}</p>`)}
<h2>${metric} against rows</h2>${legend(comparison)}${rowsChart(comparison)}${meansTable(comparison)}
${loopSection(comparison)}
${costSection(comparison, question)}
${attributionSection(comparison)}
${adviceSection(comparison)}
<h2>Each pair at each budget</h2><ul>${comparison.paired.map(({ words }) => html`<li>${words}</li>`)}</ul>
<h2>All numbers</h2><details><summary>The comparison as JSON</summary><pre class="scroll"><code>${JSON.stringify(comparison)}</code></pre></details>
</main></body></html>`;
  return `${page.html}\n`;
}

function provenance({ problem, engine, budgets, seeds, pipelines }: Comparison): Html {
  const { version, backend, form, kernels, threads, node } = engine;
  return html`<p class="quiet">Problem ${problem.name} (data <code>${problem.hash.slice(0, 12)}</code>), budgets ${budgets.map(writeCount).join(", ")} rows, seeds ${seeds.join(", ")}; engine ${version}, ${backend}, ${form}, ${kernels} kernels, ${threads} threads, Node ${node}; ${pipelines.map(({ id, hash }) => html`<code>${id}</code> (${hash.slice(0, 12)}) `)}</p>`;
}

const legend = ({ pipelines }: Comparison): Html =>
  html`<p>${pipelines.map(({ title }, index) => html`<span class="key" style="background:${colourOf(index)}"></span>${title} &nbsp; `)}<span class="quiet">Dots: every trial. Bars: 95 % intervals. Dashed: fitted curves, dotted where extrapolated.</span></p>`;

function rowsChart(comparison: Comparison): Html {
  const { pipelines, summary, cells, metric, curves, crossover } = comparison;
  const series = pipelines.map(
    ({ id, title }): ChartSeries => ({
      title,
      means: summary
        .filter(({ pipeline }) => pipeline === id)
        .map(({ budget, mean, low, high }) => ({
          x: budget,
          y: mean,
          ...(low === undefined || high === undefined ? {} : { low, high }),
        })),
      dots: cells.flatMap((cell) => {
        const y = cell.pipeline === id ? scoreOf(cell, metric) : undefined;
        return y === undefined ? [] : [{ x: cell.budget, y }];
      }),
      fit: (curves.find(({ pipeline }) => pipeline === id)?.line ?? []).map(
        ({ rows, score, extrapolated }) => ({
          x: rows,
          y: score,
          beyond: extrapolated,
        }),
      ),
    }),
  );
  return logChart(series, {
    label: `${metric} against rows, logarithmic; the table below has the numbers`,
    xTitle: "training rows (log)",
    yTitle: metric,
    formatX: writeCount,
    formatY: (value) => writeScore(metric, value),
    bands: crossover.flatMap(({ low, high, words }) =>
      low === undefined || high === undefined ? [] : [{ from: low, to: high, title: words }],
    ),
  });
}

function meansTable({ summary, pipelines, metric }: Comparison): Html {
  const rows = summary.map(({ pipeline, budget, mean, low, high, n }) => [
    pipelines.find(({ id }) => id === pipeline)?.title ?? pipeline,
    writeCount(budget),
    writeScore(metric, mean),
    low === undefined || high === undefined
      ? "under 3 seeds: none"
      : `${writeScore(metric, low)} to ${writeScore(metric, high)}`,
    String(n),
  ]);
  return html`<div class="scroll">${table(`${metric} by pipeline and rows`, ["Pipeline", "Rows", "Mean", "95 % interval", "n"], rows)}</div>`;
}

const SLOPE = "closed-loop-compounding";

/** Success in the loop under each condition, beside the score of single answers. */
function loopSection({ closedLoop, pipelines }: Comparison): Html {
  if (closedLoop === undefined) return html``;
  const { conditions, words, openLoop, summary, paired, mistakes, compounding, attribution } = closedLoop;
  const share = (value: number): string => writeScore("closed-loop-success", value);
  const metrics = Object.keys(words).filter((name) => name !== "closed-loop-success");
  const slope = mistakes === undefined ? [] : ["slope of mistakes"];
  const head = [
    "Pipeline",
    "Rows",
    "Success",
    "Wilson 95 %",
    ...metrics.map(shortName),
    ...slope,
    openLoop,
    "n",
  ];
  return html`<h2>In the loop</h2><p class="quiet">Answers decide what is seen next. ${Object.entries(words).map(([name, meaning]) => `${shortName(name)}: ${meaning}. `)}${mistakes === undefined ? "" : `A mistake: ${mistakes.words}, or a moment after a bad end; slope: of log mistakes against log time.`}</p>${conditions.map(
    ({ id, title }) => {
      const rows = summary
        .filter(({ condition }) => condition === id)
        .map(
          ({
            pipeline,
            budget,
            mean,
            low,
            high,
            episodes,
            n,
            scores,
            openLoop: open,
            compounding: grown,
          }) => [
            pipelines.find((one) => one.id === pipeline)?.title ?? pipeline,
            writeCount(budget),
            share(mean),
            `${share(low)} to ${share(high)}`,
            ...metrics.map((name) => writeScore(name, scores[name] ?? Number.NaN)),
            ...slope.map(() => (grown === undefined ? "–" : writeScore(SLOPE, grown.mean))),
            open === undefined ? "–" : writeScore(openLoop, open),
            `${writeCount(episodes)} episodes, ${n} seeds`,
          ],
        );
      const verdicts = [...paired, ...compounding, ...attribution].filter(
        ({ condition }) => condition === id,
      );
      return html`<h3>${title}</h3><div class="scroll">${table(title, head, rows)}</div><ul>${verdicts.map((one) => html`<li>${one.words}</li>`)}</ul>`;
    },
  )}`;
}

const shortName = (metric: string): string => metric.replace("closed-loop-", "");

function costSection(comparison: Comparison, { prices, labelBudget }: FindingsQuestion): Html {
  if (!Object.values(prices).some((price) => price > 0)) return html``;
  const listed = Object.entries(prices).filter(([, price]) => price > 0);
  const plans = labelBudget === undefined ? html`` : planList(comparison, prices, labelBudget);
  return html`<h2>${comparison.metric} against the cost of labels</h2><p class="quiet">Prices: ${listed.map(([field, price]) => `${field} ${price}`).join(", ")}.</p>${costChart(comparison, prices)}<ul>${equalCosts(comparison, prices).map(({ words }) => html`<li>${words}</li>`)}</ul>${plans}`;
}

function costChart(comparison: Comparison, prices: Prices): Html {
  const { pipelines, budgets, cells, metric } = comparison;
  const series = pipelines.map(({ id, title }): ChartSeries => {
    const dots = cells.flatMap((cell) => {
      const y = cell.pipeline === id ? scoreOf(cell, metric) : undefined;
      const x = costAt(prices, cell.labels);
      return y === undefined || !(x > 0) ? [] : [{ x, y, budget: cell.budget }];
    });
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const means = budgets.flatMap((budget) => {
      const own = dots.filter((dot) => dot.budget === budget);
      return own.length === 0 ? [] : [{ x: mean(own.map(({ x }) => x)), y: mean(own.map(({ y }) => y)) }];
    });
    return { title, dots, means, fit: [] };
  });
  return logChart(series, {
    label: `${metric} against the cost of labels, logarithmic`,
    xTitle: "cost of labels (log)",
    yTitle: metric,
    formatX: (cost) => Number(cost.toPrecision(3)).toLocaleString("en-US"),
    formatY: (value) => writeScore(metric, value),
    bands: [],
  });
}

const planList = (comparison: Comparison, prices: Prices, total: number): Html =>
  html`<h3>Labels to buy for ${writeCount(total)}</h3><ul>${comparison.pipelines.map(({ id, title }) => {
    const found = planPipelineLabels(comparison, id, { prices, total });
    const words = found.done
      ? found.plan.kinds
          .map(
            ({ field, rows, cost }) =>
              `${writeCount(rows)} rows of ${field} for ${writeCount(Math.round(cost))}`,
          )
          .join(", ")
      : found.words;
    return html`<li>${title}: ${words}</li>`;
  })}</ul>`;

function attributionSection({ pipelines, attribution, metric }: Comparison): Html {
  const shown = pipelines.flatMap(({ id, title }) => {
    const last = attribution.findLast(({ pipeline }) => pipeline === id);
    return last === undefined ? [] : [{ title, last }];
  });
  if (shown.length === 0) return html``;
  return html`<h2>Where errors come from</h2>${shown.map(
    ({ title, last }) =>
      html`<h3>${title}, ${writeCount(last.budget)} rows, n = ${last.n}</h3>${waterfall(last, { label: `Error attribution of ${title}`, write: (value) => writeScore(metric, value) })}<p>${last.words}</p>`,
  )}`;
}

function adviceSection({ advice }: Comparison): Html {
  if (advice.length === 0) return html``;
  const outcome = { holds: "yes", fails: "no", unknown: "unknown" } as const;
  return html`<h2>Advice</h2>${advice.map(
    (one) =>
      html`<section class="advice"><h3>${one.rule} ${one.title} <span class="tag">${outcome[one.outcome]}</span></h3><p>${one.says}</p>${one.prediction === undefined ? html`` : html`<p class="quiet">Prediction: ${one.prediction.says}</p>`}${one.test === undefined ? html`` : html`<p class="quiet">To check: ${one.test.says}</p>`}</section>`,
  )}`;
}
