import { type LabCell, labPanels, type LabResult } from "@seams/core/labs";
import { writeTable } from "./numbers";

const MARKS = { gain: "↑", loss: "↓", equivalent: "=", undecided: "?" } as const;
const OUTCOME = { holds: "yes", fails: "no", unknown: "unknown" } as const;

/** A lab for people: what it comes to, its small tables of gains, and what the advisor makes of them. */
export function describeLab(result: LabResult): string {
  const { problem, metric, engine, seeds, words, advice, failures } = result;
  const { backend, form, threads } = engine;
  const panels = labPanels(result).map(({ title, role, rowTitle, columns, rows }) => {
    const lines = rows.map(({ label, cells }) => [label, ...cells.map((cell) => written(cell, result))]);
    const kind = role === "control" ? " (control)" : "";
    return `\n${title}${kind}\n${writeTable([[rowTitle.toLowerCase(), ...columns], ...lines], "right")}`;
  });
  return [
    `${result.title}\n${problem.name} · gain in ${metric}${result.isShare ? ", points" : ""}, mean over ${seeds.length} seeds with the 95 % interval of each cell · ${backend}, ${form}, ${threads} thread${threads === 1 ? "" : "s"}\n`,
    `\n${words.map((sentence) => `- ${sentence}\n`).join("")}`,
    ...panels,
    `\n↑ gain, ↓ loss, = equivalent, ? undecided: after Holm's correction over the cells of the grid, or of a task; controls apart.\n`,
    ...(failures.length === 0 ? [] : [`\n${failureLine(result)}\n`]),
    ...(advice.length === 0
      ? []
      : [
          `\n${advice.map((one) => `- ${one.rule} ${one.title} (${titleOf(one.about[0], result)}): ${OUTCOME[one.outcome]}. ${one.says}\n`).join("")}`,
        ]),
  ].join("");
}

/** What an advice is about first. */
const titleOf = (id: string | undefined, { variants }: LabResult): string =>
  variants.find((variant) => variant.id === id)?.title ?? "";

function written(cell: LabCell | undefined, { isShare }: LabResult): string {
  if (cell === undefined) return "–";
  const number = (value: number): string => {
    const shown = isShare ? (100 * value).toFixed(1) : String(Number(value.toPrecision(2)));
    return value > 0 ? `+${shown}` : shown.replace("-", "−");
  };
  const { mean, low, high, verdict } = cell;
  const ends = low === undefined || high === undefined ? "" : ` [${number(low)}, ${number(high)}]`;
  return `${number(mean)}${ends} ${MARKS[verdict]}`;
}

function failureLine({ failures }: LabResult): string {
  const [first] = failures;
  const count = `${failures.length} trial${failures.length === 1 ? "" : "s"} failed and enter${failures.length === 1 ? "s" : ""} no mean`;
  return first === undefined
    ? ""
    : `${count}; the first, ${first.variant} at ${first.budget} rows: ${first.message}`;
}
