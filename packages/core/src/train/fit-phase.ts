import { lossNotFinite } from "../diagnostics/catalog/trial";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { hashBytes } from "../graph/canonical";
import type { Seed } from "../ids";
import { stream } from "../random/streams";
import type { ExamplePrediction, RunEvent } from "./events";
import type { PreparedFit } from "./prepare";
import { createReport, type Report } from "./report";
import { cursorAt, rowStream, stepsBetweenChecks } from "./schedule";
import type { Stepper, StepperState } from "./stepper";
import type { PhaseArtifact, PhaseCheckpoint, TrialHost } from "./trial";

/** How long one stretch of steps should take, so that messages are answered in between. */
const STRETCH_MS = 40;
const CHECKPOINT_MS = 1500;

/** How a fit ended. */
export type FitEnd =
  | { readonly is: "done"; readonly artifact: PhaseArtifact }
  | { readonly is: "cancelled"; readonly step: number }
  | { readonly is: "failed"; readonly diagnostic: Diagnostic };

/** What a fit needs beside its data. */
export interface FitQuestions {
  readonly fit: PreparedFit;
  readonly seed: Seed;
  /** Where to go on from. */
  readonly checkpoint: PhaseCheckpoint | undefined;
  saveCheckpoint(checkpoint: PhaseCheckpoint): Promise<void>;
  /** Words for what the heads say about the example rows, from raw outputs by name. */
  readonly examples: {
    readonly rows: Int32Array;
    describe(raw: Readonly<Record<string, Float32Array>>): readonly ExamplePrediction[];
  };
}

/**
 * Trains one phase. Everything that decides about weights happens at fixed step numbers: which rows a step sees, when
 * the validation part is looked at, when to stop. How many steps are run at a time, when to save and when to breathe
 * follow the clock and change nothing; so a fit that was stopped anywhere and resumed ends with the same bits.
 */
export async function* fitPhase(questions: FitQuestions, host: TrialHost): AsyncGenerator<RunEvent, FitEnd> {
  const stepper = await host.engine.stepper(questions.fit.spec, questions.fit.init);
  try {
    stepper.bind(questions.fit.arrays);
    return yield* runSteps(stepper, questions, host);
  } finally {
    stepper.dispose();
  }
}

/** What a phase knows about its way so far; all of it goes into checkpoints. */
interface Progress {
  step: number;
  best: PhaseCheckpoint["best"];
  checksWithoutBest: number;
}

const progressAt = (checkpoint: PhaseCheckpoint | undefined): Progress => ({
  step: checkpoint?.state.steps ?? 0,
  best: checkpoint?.best,
  checksWithoutBest: checkpoint?.checksWithoutBest ?? 0,
});

async function* runSteps(
  stepper: Stepper,
  questions: FitQuestions,
  host: TrialHost,
): AsyncGenerator<RunEvent, FitEnd> {
  const { fit, seed, checkpoint } = questions;
  const { phase, train } = fit;
  const { steps, patience, learningRate } = phase.training;
  const { batchSize } = fit.spec;
  const every = stepsBetweenChecks(phase.training, { batchSize, validationRows: fit.validation.length });
  const rowsOf = rowStream({
    rows: train,
    batchSize,
    permutation: (pass) => stream(seed, "rows", fit.rowsStream, pass).permutation(train.length),
  });
  const progress = progressAt(checkpoint);
  if (checkpoint !== undefined) stepper.write(checkpoint.state);
  const save = async (): Promise<void> => {
    const cursor = cursorAt(progress.step, { batchSize, rows: train.length });
    const { best, checksWithoutBest } = progress;
    await questions.saveCheckpoint({ state: await stepper.read(), cursor, best, checksWithoutBest });
  };
  const failed = (step: number): FitEnd => {
    const [stage] = phase.train;
    const place = stage === undefined ? ({ at: "graph" } as const) : ({ at: "stage", stage } as const);
    return { is: "failed", diagnostic: lossNotFinite({ place, phase: fit.id, step, learningRate }) };
  };

  const started = host.now();
  const report = createReport(fit, host);
  let savedAt = started;
  let stretch = 1;
  let hasStopped = isStopping(progress, patience);
  while (progress.step < steps && !hasStopped) {
    const untilCheck = every - (progress.step % every);
    const count = Math.min(stretch, untilCheck, steps - progress.step);
    const before = host.now();
    const result = await stepper.run(rowsOf({ from: progress.step, steps: count }));
    const took = host.now() - before;
    if (result.nonFiniteAt !== undefined) {
      const at = progress.step + result.nonFiniteAt + 1;
      progress.step += result.nonFiniteAt;
      await save();
      return failed(at);
    }
    progress.step += count;
    report.add(result, count);
    stretch = nextStretch(count, took);

    if (progress.step % every === 0 || progress.step === steps) {
      const isFinite = yield* check({ stepper, questions, progress, report });
      if (!isFinite) return failed(progress.step);
      hasStopped = isStopping(progress, patience);
    }
    await host.breathe();
    if (host.signal.aborted) {
      await save();
      return { is: "cancelled", step: progress.step };
    }
    if (host.now() - savedAt > CHECKPOINT_MS) {
      await save();
      savedAt = host.now();
    }
  }

  const last = weightsOnly(await stepper.read(), fit.init);
  const { eagerBecause } = stepper;
  const eager = eagerBecause === undefined ? {} : { eagerBecause };
  const artifact: PhaseArtifact = {
    state: progress.best?.state ?? last,
    scales: fit.scales,
    bestStep: progress.best?.step ?? progress.step,
    steps: progress.step,
    stopped: hasStopped ? "early" : "steps",
    seconds: (host.now() - started) / 1000,
    weights: hashWeights(progress.best?.state ?? last, phase.layersOf),
    ...eager,
  };
  const { bestStep, stopped, seconds } = artifact;
  yield { type: "phase.finished", phase: fit.id, step: progress.step, bestStep, seconds, stopped, ...eager };
  return { is: "done", artifact };
}

interface CheckParts {
  readonly stepper: Stepper;
  readonly questions: FitQuestions;
  readonly progress: Progress;
  readonly report: Report;
}

/** Looks at the validation part, where there is one, and reports. @returns whether the loss there is finite */
async function* check({
  stepper,
  questions,
  progress,
  report,
}: CheckParts): AsyncGenerator<RunEvent, boolean> {
  const { fit, examples } = questions;
  const { id, phase, validation } = fit;
  const { step } = progress;
  let validationLoss: number | undefined;
  if (validation.length > 0) {
    validationLoss = (await stepper.evaluate(validation)).loss;
    if (!Number.isFinite(validationLoss)) return false;
    await keepBest(progress, validationLoss, { stepper, weights: fit.init });
  }
  yield report.event(step, validationLoss);
  const raw = await stepper.predict(examples.rows, Object.keys(phase.network.outputs));
  yield { type: "examples.predicted", phase: id, step, examples: examples.describe(raw) };
  return true;
}

/** So many steps that they take about the time of a stretch, at most four times as many as before. */
function nextStretch(count: number, tookMs: number): number {
  const fitting = Math.floor((count * STRETCH_MS) / Math.max(tookMs, 0.01));
  return Math.max(1, Math.min(fitting, count * 4));
}

const isStopping = ({ checksWithoutBest }: Progress, patience: number): boolean =>
  patience > 0 && checksWithoutBest >= patience;

interface BestSource {
  readonly stepper: Stepper;
  /** Names its weights. */
  readonly weights: StepperState;
}

async function keepBest(progress: Progress, loss: number, { stepper, weights }: BestSource): Promise<void> {
  if (progress.best !== undefined && loss >= progress.best.loss) {
    progress.checksWithoutBest++;
    return;
  }
  progress.best = { step: progress.step, loss, state: weightsOnly(await stepper.read(), weights) };
  progress.checksWithoutBest = 0;
}

/** The state without what only the optimiser needs. */
function weightsOnly(state: StepperState, weights: StepperState): StepperState {
  const isWeight = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(weights.arrays, name);
  return { steps: state.steps, arrays: Object.fromEntries(Object.entries(state.arrays).filter(isWeight)) };
}

/** sha-256 over each stage's weights, in layer order. */
export function hashWeights(
  state: StepperState,
  layersOf: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(layersOf).map(([stage, layers]) => {
      const arrays = layers.flatMap((layer) => weightsOf(state, layer));
      const bytes = arrays.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return [stage, hashBytes(...bytes)];
    }),
  );
}

/** A layer's arrays, by name: their order must not depend on who wrote the state. */
function weightsOf(state: StepperState, layer: string): readonly StepperState["arrays"][string][] {
  return Object.entries(state.arrays)
    .filter(([name]) => name.startsWith(`${layer}/`) && !name.slice(layer.length + 1).includes("/"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, array]) => array);
}
