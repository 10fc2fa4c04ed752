import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type GraphDocument, type ProblemSchema, seed } from "../packages/core/src/index";
import type { TrainPhase } from "../packages/core/src/compile/plan";
import { networkWeights } from "../packages/core/src/layers/network";
import { chooseRows, holdOut } from "../packages/core/src/train/budget";
import { isTraining } from "../packages/core/src/train/index";
import { stepsBetweenChecks } from "../packages/core/src/train/schedule";
import { openProblem } from "../packages/runner/src/index";

/** A grid of trials of digit sums. */
export interface Grid {
  readonly pipelines: readonly string[];
  readonly budgets: readonly number[];
  /** 1 … seeds */
  readonly seeds: number;
}

/** What a layer that a plain loop would write by hand is called in plans. */
const BY_HAND: readonly string[] = ["conv2d", "relu", "max-pool2d", "flatten", "dense"];
/** What a plain loop does to its data before it trains. */
const BEFOREHAND: readonly string[] = ["standardise", "fold-steps", "unfold-steps"];

/**
 * Writes what a plain loop trains the same grid from: `grid.json` beside the images and labels of all rows. The rows of
 * every trial are the ones that ours has, parted alike; nets, first weights and training are those of the plans.
 */
export async function writeGrid(grid: Grid, folder: string): Promise<void> {
  const { value: problem } = await openProblem("digit-sums");
  if (problem === undefined) throw new Error("bench: the gallery has lost digit sums.");
  const data = await problem.load();
  const put = (name: string): string => {
    const column = data.columns[name];
    if (column === undefined) throw new Error(`bench: digit sums without ${name}.`);
    writeFileSync(join(folder, `${name}.f32`), column.data);
    return `${name}.f32`;
  };
  const pipelines = grid.pipelines.map((id) => {
    const document = problem.pipelines.find((pipeline) => pipeline.id === id)?.document;
    if (document === undefined) throw new Error(`bench: the gallery has lost ${id}.`);
    const phase = phaseOf(id, document, problem.schema);
    return { id, labels: put(phase.losses[0]?.target ?? ""), ...byHand(id, phase) };
  });
  const validation = pipelines[0]?.validation ?? 0;
  const trials = grid.budgets.flatMap((budget) =>
    Array.from({ length: grid.seeds }, (_, index) => {
      const chosen = chooseRows(data, problem.schema, budget, seed(index + 1)).value;
      if (chosen === undefined) throw new Error(`bench: digit sums has no ${budget} rows.`);
      const parts = holdOut(chosen, validation);
      return { budget, seed: index + 1, train: [...parts.train], validation: [...parts.validation] };
    }),
  );
  const test = [...data.split.keys()].filter((row) => data.split[row] === "test");
  const images = { file: put("image"), shape: [data.rows, ...imageShape(problem.schema)] };
  writeFileSync(join(folder, "grid.json"), JSON.stringify({ images, pipelines, trials, test }));
}

function imageShape({ fields }: ProblemSchema): readonly number[] {
  const type = fields["image"]?.type;
  if (type?.is !== "image") throw new Error("bench: digit sums without images.");
  return [type.heightPx, type.widthPx, type.channels];
}

/** The one phase that a pipeline of the grid trains. */
function phaseOf(id: string, document: GraphDocument, problem: ProblemSchema): TrainPhase {
  const phases = compile(document, { problem }).plan?.phases.filter((phase) => isTraining(phase)) ?? [];
  const [phase] = phases;
  if (phase === undefined || phases.length > 1 || phase.losses.length > 1)
    throw new Error(`bench: the plain loops only know how to train ${id} in one phase with one loss.`);
  return phase;
}

/** A phase as somebody would write it down who knows nothing of plans. */
function byHand(id: string, { network, losses, training, optimiser }: TrainPhase) {
  const { batchSize, steps, patience, validation, learningRate } = training;
  const unknown = network.layers.find(({ kind }) => ![...BY_HAND, ...BEFOREHAND].includes(kind));
  if (unknown !== undefined || optimiser.name !== "adam" || optimiser.schedule !== undefined)
    throw new Error(`bench: the plain loops don't know how ${id} trains.`);
  const weights = networkWeights(network);
  const layers = network.layers
    .filter(({ kind }) => BY_HAND.includes(kind))
    .map(({ id: layer, kind, params }) => {
      const kernel = weights.find((one) => one.layer === layer && one.weight.name === "kernel")?.weight;
      return { kind, params, ...(kernel && { init: kernel.init, shape: kernel.shape }) };
    });
  return {
    layers,
    /** Examples in a row: images that stand side by side. */
    examples: losses[0]?.slots ?? 1,
    batchSize,
    steps,
    patience,
    validation,
    learningRate,
    // The same for all budgets here: none has so many validation rows that they are looked at less often.
    stepsBetweenChecks: stepsBetweenChecks(training, { batchSize, validationRows: 0 }),
  };
}
