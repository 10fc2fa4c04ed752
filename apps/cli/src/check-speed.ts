import { compile, seed } from "@seams/core";
import { type Engine, execute, isTraining, memoryCache } from "@seams/core/train";
import { findPipeline, findProblem } from "@seams/problems";
import type { Check } from "./check-machine";
import { writeCount } from "./numbers";

/** Pipelines that every clone has: images, tiny networks, several heads. */
const PIPELINES = ["digit-sums/each-digit", "anchor-a-composition/each-glyph", "anchor-d-related-0/shared"];
const ROWS = 256;
/** How far a prediction may be off before it is worth a word. */
const FACTOR = 2;

/** How long the phases of a pipeline took, and how long they should have. */
interface Measured {
  readonly pipeline: string;
  readonly steps: number;
  readonly seconds: number;
  /** For the steps that were made: training may end before the plan's last. */
  readonly predicted: number;
}

/** Trains gallery pipelines for a moment, without any cache, and compares the time with what their plans predict. */
export async function checkSpeed(engine: Engine): Promise<Check> {
  const measured: Measured[] = [];
  for (const pipeline of PIPELINES) measured.push(await measure(pipeline, engine));
  const words = measured.map(
    ({ pipeline, steps, seconds, predicted }) =>
      `${pipeline} ${writeCount(Math.round(steps / seconds))} steps/s (predicted ${writeCount(Math.round(steps / predicted))})`,
  );
  const ratios = measured.map(({ seconds, predicted }) => seconds / predicted);
  // The middle of ratios is their geometric mean: twice as slow and twice as fast are equally far off.
  const factor = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const isFar = ratios.some((ratio) => ratio > FACTOR || ratio < 1 / FACTOR);
  const fix = `Plans' times are for the machine that bench/RESULTS.md names; here it takes ${factor.toPrecision(2)} times as long.`;
  return {
    check: "speed",
    ok: measured.every(({ steps }) => steps > 0),
    found: words.join(", "),
    values: {
      timesPredicted: factor,
      ...Object.fromEntries(measured.map(({ pipeline, steps, seconds }) => [pipeline, steps / seconds])),
    },
    ...(isFar ? { fix } : {}),
  };
}

async function measure(name: string, engine: Engine): Promise<Measured> {
  const pipeline = findPipeline(name);
  const problem = findProblem(name.slice(0, name.indexOf("/")));
  if (problem === undefined || pipeline === undefined)
    throw new Error(`doctor: the gallery has lost ${name}`);
  const { plan } = compile(pipeline.document, { problem: problem.schema });
  if (plan === undefined) throw new Error(`doctor: ${name} does not compile`);
  const trial = { plan, problem: problem.schema, budget: ROWS, seed: seed(1) };
  const host = {
    engine,
    data: await problem.load(),
    cache: memoryCache(),
    signal: new AbortController().signal,
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
  };
  const total = { pipeline: name, steps: 0, seconds: 0, predicted: 0 };
  for await (const event of execute(trial, host)) {
    if (event.type !== "phase.finished") continue;
    const phase = plan.phases.filter(isTraining).find(({ id }) => id === event.phase);
    if (phase === undefined) continue;
    total.steps += event.step;
    total.seconds += event.seconds;
    total.predicted += (phase.cost.seconds / phase.training.steps) * event.step;
  }
  return total;
}
