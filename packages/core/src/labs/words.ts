import { countOf } from "../diagnostics/words";
import { FEWEST_SEEDS } from "../measure/interval";
import { type NumberStyle, writeDifference, writeEnds } from "../measure/numbers";
import type { LabCell } from "./result";

/** What a lab's words are made from. */
export interface WordsQuestion {
  readonly cells: readonly LabCell[];
  readonly style: NumberStyle;
  readonly margin: number;
}

const NO_VERDICT = `No verdict yet: every cell needs results of at least ${FEWEST_SEEDS} seeds.`;

const judged = (cells: readonly LabCell[], role: LabCell["role"]): readonly LabCell[] =>
  cells.filter((cell) => cell.role === role && cell.n >= FEWEST_SEEDS);
const saying = (cells: readonly LabCell[], verdict: LabCell["verdict"]): readonly LabCell[] =>
  cells.filter((cell) => cell.verdict === verdict);
const largest = (cells: readonly LabCell[]): LabCell | undefined =>
  cells.reduce<LabCell | undefined>(
    (best, one) => (best === undefined || one.mean > best.mean ? one : best),
    undefined,
  );

/** A transfer lab in a few sentences: where it pays, where it no longer does, and whether the controls behave. */
export function transferWords({ cells, style, margin }: WordsQuestion): readonly string[] {
  const arms = judged(cells, "arm");
  if (arms.length === 0) return [NO_VERDICT];
  const gains = saying(arms, "gain");
  return [
    counted(arms, { style, margin }),
    ...(gains.length === 0
      ? ["Starting elsewhere is shown to help nowhere in this grid."]
      : [`Largest gain: ${largest(gains)?.words ?? ""}`]),
    ...endOfGains(arms, gains),
    ...lossWords(saying(arms, "loss")),
    controlWords(judged(cells, "control")),
  ];
}

/** @param of what the cells that are corrected together belong to, where it isn't the whole lab */
function counted(
  cells: readonly LabCell[],
  { style, margin }: Pick<WordsQuestion, "style" | "margin">,
  of = "",
): string {
  const count = (verdict: LabCell["verdict"]): number => saying(cells, verdict).length;
  const size = writeDifference(margin, style).slice(1);
  return `Of ${countOf(cells.length, "cell")}, ${count("gain")} gain, ${count("loss")} lose, ${count("equivalent")} are equivalent within ${size} and ${count("undecided")} are undecided, after Holm's correction over the cells${of}.`;
}

function endOfGains(arms: readonly LabCell[], gains: readonly LabCell[]): readonly string[] {
  const last = Math.max(...gains.map(({ budget }) => budget));
  const beyond = [...new Set(arms.map(({ budget }) => budget))]
    .filter((budget) => budget > last)
    .sort((a, b) => a - b);
  const [first] = beyond;
  return gains.length === 0 || first === undefined
    ? []
    : [`From ${countOf(first, "row")} of B on no cell is shown to gain.`];
}

const lossWords = (losses: readonly LabCell[]): readonly string[] => {
  const [worst] = losses.toSorted((a, b) => a.mean - b.mean);
  return worst === undefined ? [] : [`Largest loss: ${worst.words}`];
};

function controlWords(controls: readonly LabCell[]): string {
  if (controls.length === 0)
    return "No control was measured: nothing tells whether A's labels are what helps.";
  const gaining = saying(controls, "gain");
  return gaining.length === 0
    ? `None of the ${countOf(controls.length, "control cell")} (A with shuffled labels, random features) gains: what helps is what A's labels teach.`
    : `${gaining.length} of ${countOf(controls.length, "control cell")} gain too: there, what helps is not what A's labels teach. ${largest(gaining)?.words ?? ""}`;
}

/** A multi-task lab in a few sentences, task by task: a gain of one never makes up for a loss of another. */
export function multiTaskWords({ cells, style, margin }: WordsQuestion): readonly string[] {
  const arms = judged(cells, "arm");
  if (arms.length === 0) return [NO_VERDICT];
  const tasks = [...new Set(arms.map(({ at }) => at["task"] ?? ""))];
  const dropping = judged(cells, "dropping");
  return [
    counted(arms, { style, margin }, " of each task"),
    ...tasks.map((task) =>
      taskWords(
        task,
        arms.filter(({ at }) => at["task"] === task),
        style,
      ),
    ),
    ...(dropping.length === 0
      ? []
      : [
          `Training on complete rows only: ${countOf(saying(dropping, "loss").length, "cell")} of ${dropping.length} lose against a network for each task.`,
        ]),
  ];
}

function taskWords(task: string, cells: readonly LabCell[], style: NumberStyle): string {
  const [gains, losses] = [saying(cells, "gain"), saying(cells, "loss")];
  const [best, worst] = [largest(cells), cells.toSorted((a, b) => a.mean - b.mean)[0]];
  const spread =
    best === undefined || worst === undefined || best === worst
      ? ""
      : `; from ${short(worst, style)} to ${short(best, style)}`;
  return `${task}: sharing gains in ${gains.length} and loses in ${losses.length} of ${countOf(cells.length, "cell")}${spread}.`;
}

function short({ mean, low, high, at }: LabCell, style: NumberStyle): string {
  const ends = low === undefined || high === undefined ? "" : ` (${writeEnds(low, high, style)})`;
  const where = [
    `with ${at["group"] ?? ""}`,
    `× ${at["width"] ?? ""}`,
    ...(at["missing"] === "0" ? [] : [`${at["missing"]} % missing`]),
    ...(at["ratio"] === "1" ? [] : [`ratio ${at["ratio"]}`]),
  ].join(", ");
  return `${writeDifference(mean, style)}${ends} ${where}`;
}
