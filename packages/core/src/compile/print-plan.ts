import { describeType } from "../graph/assignable";
import type {
  Cost,
  EvaluatePhase,
  LossTerm,
  PhaseInput,
  TrainingPlan,
  TrainPhase,
  ValueSource,
} from "./plan";
import type { OptimiserSpec } from "../train/stepper";

/**
 * A plan as text, as readable as a database's EXPLAIN: what trains when, on which values, from which labels, where
 * gradients flow and where they stop, and what it costs.
 */
export function printPlan(plan: TrainingPlan): string {
  const { cost } = plan;
  const head = [
    `${plan.title}  (problem ${plan.problem}, graph ${plan.graph.slice(0, 12)})`,
    `${count(cost.trainableWeights)} weights · ${count(cost.flopsPerRecord)} FLOP a record · ${bytes(cost.memoryBytes)} · about ${duration(cost.seconds)} on one core`,
  ];
  const phases = plan.phases.map((phase, index) => {
    const title = `${index + 1}  ${phase.do === "train" ? trainTitle(phase) : "evaluate on the test rows"}`;
    return [title, ...indent(phase.do === "train" ? trainLines(phase) : evaluateLines(phase))].join("\n");
  });
  return `${[head.join("\n"), ...phases].join("\n\n")}\n`;
}

const trainTitle = ({ train, after, frozen, gatherings }: TrainPhase): string =>
  [
    `train ${train.join(" + ")}${gatherings === undefined ? "" : " again"}`,
    ...(frozen.length === 0 ? [] : [`frozen: ${frozen.join(", ")}`]),
    ...(after.length === 0 ? [] : [`after ${after.join(", ")}`]),
  ].join("   · ");

function trainLines(phase: TrainPhase): readonly Line[] {
  const { inputs, losses, network, gradients, training, optimiser, cost, start } = phase;
  return [
    ...gatherLines(phase),
    ...inputs.map((input, index): Line => [index === 0 ? "inputs" : "", inputWords(input)]),
    ["network", network.layers.map(({ kind, params }) => layerWords(kind, params)).join(" → ")],
    ...losses.map((term, index): Line => [index === 0 ? "loss" : "", lossWords(term)]),
    ...listLine("gradients flow", gradients.flow),
    ...listLine("gradients stop", gradients.stop),
    ...Object.entries(start).map(([stage, { artifact, freeze }]): Line => {
      const frozen = typeof freeze === "number" ? `first ${freeze} layers frozen` : `freeze ${freeze}`;
      return ["starts from", `${stage} from ${artifact ?? "random weights"}, ${frozen}`];
    }),
    [
      "optimiser",
      `${optimiser.name}, rate ${optimiser.learningRate}${scheduleWords(optimiser)}${clipWords(optimiser)}, batch ${training.batchSize}, up to ${training.steps} steps${stopWords(phase)}`,
    ],
    ["costs", costWords(cost)],
  ];
}

/** The moments of the last round; those of earlier rounds are at hand. */
function gatherLines({ gatherings = [] }: TrainPhase): readonly Line[] {
  const last = gatherings.at(-1);
  if (last === undefined) return [];
  const { round, answers, asks, share } = last;
  const acts = [...new Set(answers.map(({ source }) => sourceWords(source)))].join(", ");
  const before =
    round === 1
      ? ""
      : round === 2
        ? ", beside those of round 1"
        : `, beside those of rounds 1 to ${round - 1}`;
  return [
    ["gathers", `round ${round}: ${acts} acts in practice episodes`],
    [
      "asks",
      `the expert for ${asks.join(", ")}, at moments that come to ${Number((100 * share).toPrecision(3))} % of the budget and on top of it${before}`,
    ],
  ];
}

function evaluateLines({ answers, seams }: EvaluatePhase): readonly Line[] {
  return [
    ...answers.map(({ target, metric, source }, index): Line => {
      return [index === 0 ? "answers" : "", `${metric} of ${target}: ${sourceWords(source)}`];
    }),
    ...seams.map(({ stage, port, label, metric }, index): Line => {
      return [index === 0 ? "seams" : "", `${metric} of ${stage}.${port} against ${label}`];
    }),
  ];
}

type Line = readonly [name: string, words: string];

const NAME_WIDTH = 16;

const indent = (lines: readonly Line[]): readonly string[] =>
  lines.map(([name, words]) => `   ${name.padEnd(NAME_WIDTH)}${words}`);

const listLine = (name: string, items: readonly string[]): readonly Line[] =>
  items.length === 0 ? [] : [[name, items.join(", ")]];

const inputWords = ({ name, mode, source, type, each }: PhaseInput): string =>
  `${name}  ${describeType(type)}${each ? ", element by element" : ""} ← ${sourceWords(source)}${MODE_WORDS[mode]}`;

const MODE_WORDS = {
  data: "",
  joint: "",
  label: "  (true label)",
  predicted: "  (predicted by a model that has seen these rows)",
  "cross-fitted": "  (each row predicted by a model that has not seen it)",
} as const;

/** Long ways are cut: the plan's JSON has them whole. */
const DEEPEST = 6;

function sourceWords(source: ValueSource, depth = 0): string {
  if (source.is === "field") return source.field;
  const inputs = Object.values(source.inputs);
  const inner = depth >= DEEPEST ? "…" : inputs.map((one) => sourceWords(one, depth + 1)).join(", ");
  return `${source.stage}(${inner})`;
}

function layerWords(kind: string, params: Readonly<Record<string, unknown>>): string {
  const values = Object.values(params).map((value) =>
    Array.isArray(value) ? value.join("×") : String(value),
  );
  return values.length === 0 ? kind : `${kind} ${values.join(" ")}`;
}

function lossWords({ weight, loss, output, target, head, normalise, unitScale, type }: LossTerm): string {
  return [
    `${weight === 1 ? "" : `${weight} × `}${loss} of ${output} against ${target} (${describeType(type)})`,
    `where labelled${head.mask === undefined ? "" : ` and ${head.mask}`}`,
    ...(head.labelShare === undefined
      ? []
      : [`with ${Number((100 * head.labelShare).toPrecision(3))} % of the labels`]),
    ...(head.shuffleLabels === undefined ? [] : ["with shuffled labels"]),
    NORMALISE_WORDS[normalise],
    ...(unitScale ? ["1 = the constant predictor"] : []),
  ].join(", ");
}

const NORMALISE_WORDS = {
  expected: "divided by the labels expected in a batch",
  batch: "divided by the batch",
  labelled: "divided by the labels in the batch",
} as const;

function scheduleWords({ schedule }: OptimiserSpec): string {
  if (schedule === undefined) return "";
  const { warmUp } = schedule;
  return [
    ...(warmUp === 0 ? [] : [` after ${warmUp} steps of warm-up`]),
    ...(schedule.shape === "cosine" ? [" down to 0 in half a wave"] : []),
    ...(schedule.shape === "step" ? [` times ${schedule.factor} every ${schedule.every} steps`] : []),
  ].join("");
}

const clipWords = ({ clipNorm }: OptimiserSpec): string =>
  clipNorm === undefined ? "" : `, gradients no longer than ${clipNorm}`;

const stopWords = ({ training: { patience, validation } }: TrainPhase): string =>
  patience === 0 || validation === 0
    ? ""
    : `, stops after ${patience} checks without a new best on ${Math.round(validation * 100)} % of the budget`;

const costWords = ({ trainableWeights, frozenWeights, flopsPerRecord, memoryBytes, seconds }: Cost): string =>
  [
    `${count(trainableWeights)} weights${frozenWeights === 0 ? "" : ` and ${count(frozenWeights)} constants`}`,
    `${count(flopsPerRecord)} FLOP a record`,
    bytes(memoryBytes),
    `about ${duration(seconds)}`,
  ].join(" · ");

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const count = (value: number): string => compact.format(value);

function bytes(value: number): string {
  const [unit, size] =
    value < 2 ** 20 ? ["KiB", 2 ** 10] : value < 2 ** 30 ? ["MiB", 2 ** 20] : ["GiB", 2 ** 30];
  return `${(value / Number(size)).toFixed(1)} ${unit}`;
}

function duration(seconds: number): string {
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
}
