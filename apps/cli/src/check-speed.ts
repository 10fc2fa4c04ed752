import {
  compile,
  type FitSize,
  fitSizeOf,
  type GraphDocument,
  type ProblemData,
  secondsPerFit,
  seed,
  type Speed,
  standardStages,
} from "@seams/core";
import { type Engine, execute, isTraining, memoryCache } from "@seams/core/train";
import { findPipeline, findProblem, type Problem } from "@seams/problems";
import { fitSpeed, type TimedFit } from "@seams/runner";
import type { Check } from "./check-machine";

/** Products large enough to be told from all else, which no pipeline of the gallery has. */
const LARGE = "a large dense net";
const LARGE_DOCUMENT: GraphDocument = {
  format: 1,
  title: LARGE,
  problem: "digit-sums",
  stages: {
    image: { kind: "field", params: { field: "image" } },
    net: { kind: "dense-net", params: { label: "sum", hidden: [512, 512], batchSize: 64 } },
    sum: { kind: "answer", params: { field: "sum" } },
  },
  links: [
    { from: "image.value", to: "net.input" },
    { from: "net.output", to: "sum.value" },
  ],
};

/** Pipelines that every clone has, by what their steps consist of: tiny networks, many heads, many steps. */
const SMALL = [
  "anchor-a-composition/each-glyph",
  "anchor-b-lossy-seam/end-to-end",
  "anchor-d-related-0/shared",
  "anchor-d-unrelated-0/narrow",
  "anchor-e-target/from-scratch",
];
/** Images, with all steps: of fewer, the validation part would be looked at more often than it is. */
const IMAGES = ["digit-sums/each-digit", "digit-sums/end-to-end", "driving/end-to-end"];
/** Large products, which take long. */
const SLOW = ["driving/detect-plan-control", LARGE];
/** Of the slow ones: enough to tell them from their beginning. */
const STEPS = 300;
const ROWS = 256;
/** A fit that was timed, and of which pipeline. */
interface Measured extends TimedFit {
  readonly pipeline: string;
  /** What its plan expected. */
  readonly planned: FitSize;
}

/** A speed that was fitted, and how far its predictions are from the times that it was fitted to. */
export interface MeasuredSpeed {
  readonly speed: Speed;
  readonly check: Check;
}

/**
 * Trains gallery pipelines for a moment, without any cache, and fits the speed by which plans are priced here. Time is the
 * processor's: what else runs on the machine doesn't count.
 * @throws Error when a pipeline made no step, which is our own mistake
 */
export async function measureSpeed(engine: Engine): Promise<MeasuredSpeed> {
  const measured: Measured[] = [];
  // An experiment trains the same networks often: how slow code is when it first runs counts little there.
  for (const pipeline of SMALL) await measureFits(pipeline, engine);
  for (const pipeline of [...SMALL, ...IMAGES]) measured.push(...(await measureFits(pipeline, engine)));
  for (const pipeline of SLOW) measured.push(...(await measureFits(pipeline, engine, { steps: STEPS })));
  // One step is all beginning: what a program costs is told apart from what its steps cost.
  for (const pipeline of [...SMALL, ...IMAGES, ...SLOW])
    measured.push(...(await measureFits(pipeline, engine, { steps: 1 })));
  const speed = fitSpeed(measured);
  const ratios = measured.flatMap((one) =>
    one.steps === 1 ? [] : [one.seconds / secondsPerFit(one, speed)],
  );
  const worst = Math.max(...ratios.map((ratio) => Math.max(ratio, 1 / ratio)));
  const micro = (seconds: number): string => `${Number((seconds * 1e6).toPrecision(2))} µs`;
  const found = `${engine.info.backend}: ${micro(speed.secondsPerStep)} a step, ${micro(speed.secondsPerLayer)} a layer, ${Number((speed.flopsPerSecond / 1e9).toPrecision(2))} GFLOP/s in products and ${Number((speed.slidingFlopsPerSecond / 1e9).toPrecision(2))} where weights slide, ${(speed.secondsPerProgram * 1000).toFixed(1)} ms to begin, ${micro(speed.secondsPerCheck)} a check; off by ${worst.toFixed(2)}× at most over ${ratios.length} fits`;
  const perSecond = Object.fromEntries(
    measured.map(({ pipeline, layers, steps, seconds }) => [
      `${pipeline}, ${layers} layers`,
      steps / seconds,
    ]),
  );
  const values = { ...speed, worst, ...perSecond };
  return { speed, check: { check: "speed", ok: true, found, values } };
}

const loaded = new Map<string, Promise<ProblemData>>();

/** Records, made once for all pipelines and backends: some are drawn. */
function recordsOf({ id, load }: Pick<Problem, "id" | "load">): Promise<ProblemData> {
  const data = loaded.get(id) ?? load();
  loaded.set(id, data);
  return data;
}

/**
 * Trains one pipeline of the gallery and times each of its phases.
 * @param limit steps of each fit, in place of those that the pipeline asks for; training rows
 * @throws Error when it doesn't compile or trains nothing
 */
export async function measureFits(
  name: string,
  engine: Engine,
  limit: { readonly steps?: number; readonly rows?: number } = {},
): Promise<readonly Measured[]> {
  const original = name === LARGE ? LARGE_DOCUMENT : findPipeline(name)?.document;
  const problem = findProblem(original?.problem ?? "");
  if (problem === undefined || original === undefined)
    throw new Error(`doctor: the gallery has lost ${name}`);
  const document = limit.steps === undefined ? original : withSteps(original, limit.steps);
  const { plan } = compile(document, { problem: problem.schema });
  if (plan === undefined) throw new Error(`doctor: ${name} does not compile`);
  const trial = { plan, problem: problem.schema, budget: limit.rows ?? ROWS, seed: seed(1) };
  const host = {
    engine,
    data: await recordsOf(problem),
    cache: memoryCache(),
    signal: new AbortController().signal,
    now: processorMilliseconds,
    breathe: () => Promise.resolve(),
  };
  const timed: Measured[] = [];
  for await (const event of execute(trial, host)) {
    if (event.type !== "phase.finished") continue;
    const phase = plan.phases.filter(isTraining).find(({ id }) => id === event.phase);
    if (phase === undefined) continue;
    timed.push({
      pipeline: name,
      planned: fitSizeOf(phase),
      ...fitSizeOf(phase, event.step),
      seconds: event.seconds,
    });
    if (timed.length === plan.phases.filter(isTraining).length) break; // what follows is evaluation
  }
  if (timed.length === 0) throw new Error(`doctor: ${name} trained nothing`);
  return timed;
}

/** The same pipeline, every learned stage of which makes so many steps. */
const withSteps = (document: GraphDocument, steps: number): GraphDocument => ({
  ...document,
  stages: Object.fromEntries(
    Object.entries(document.stages).map(([name, stage]) => [
      name,
      isLearned(stage.kind) ? { ...stage, params: { ...stage.params, steps } } : stage,
    ]),
  ),
});

const isLearned = (kind: string): boolean => standardStages.get(kind)?.role === "learned";

function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
