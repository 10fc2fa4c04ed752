import { metricsFor } from "../../packages/core/src/index";
import { DETECTION, detectionLook } from "../../packages/core/src/measure/metrics/detection";
import { metrics } from "../../packages/core/src/measure/metrics/index";
import { EXAMPLE_TYPES } from "./example-types";
import { page, type Pages, table } from "./pages";

/** What each metric is, and which targets it can score. */
export function metricPages(): Pages {
  const fitting = EXAMPLE_TYPES.map(({ words, type }) => [
    words,
    metricsFor(type)
      .map((name) => `\`${name}\``)
      .join(", "),
  ]);
  const all = Object.values(metrics).map(({ name, title, formula, higherIsBetter }) => [
    `\`${name}\``,
    title,
    formula,
    higherIsBetter ? "higher" : "lower",
  ]);
  return {
    "reference/metrics.md": page(
      "# Metrics",
      "What has no label is not scored; a prediction that is missing, or is no class, is wrong.",
      table(["Name", "Metric", "What it is", "Better"], all),
      "## Of stages",
      `A stage that says where things are and which of its places hold one is also scored by \`${DETECTION}\` (${detectionLook.title}): ${detectionLook.formula}.`,
      "## By type of target",
      "The first is the usual one.",
      table(["Type", "Metrics"], fitting),
    ),
  };
}
