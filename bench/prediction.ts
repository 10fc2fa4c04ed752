import { measureFits, measureSpeed } from "../apps/cli/src/check-speed";
import { secondsPerFit } from "../packages/core/src/index";
import { createEngine } from "../packages/engine/src/index";
import { galleryProblems } from "../packages/problems/src/index";
import type { Row } from "./rows";

/** A prediction is good that is off by less. */
const NEAR = 2;
const BUDGETS = [256, 1024];

/** A run's time in parts of what was predicted: before it, and with what was known after it. */
interface Outcome {
  readonly run: string;
  readonly planned: number;
  /** With the steps that early stopping left. */
  readonly stepsKnown: number;
}

/**
 * Of how many gallery runs the training time is predicted within a factor of 2 by the speed that `seams doctor` measures:
 * every pipeline at two budgets. Time is the processor's, of training with the steps that each pipeline asks for; all run
 * in one process, whose code is warm.
 */
export async function predictionBench(): Promise<readonly Row[]> {
  const engine = await createEngine({ backend: "wasm" });
  const { speed } = await measureSpeed(engine);
  const outcomes: Outcome[] = [];
  const left = new Set<string>();
  for (const rows of BUDGETS)
    for (const { id } of galleryProblems.flatMap(({ pipelines }) => pipelines)) {
      // Some start from what another trial has learned, which there is none of here.
      const fits = await measureFits(id, engine, { rows }).catch(() => undefined);
      if (fits === undefined) {
        left.add(`${id} at ${rows}`);
        continue;
      }
      const actual = sum(fits.map(({ seconds }) => seconds));
      outcomes.push({
        run: `${id} at ${rows}`,
        planned: actual / sum(fits.map(({ planned }) => secondsPerFit(planned, speed))),
        stepsKnown: actual / sum(fits.map((fit) => secondsPerFit(fit, speed))),
      });
    }
  const far = outcomes.filter(({ planned }) => !isNear(planned));
  const known = outcomes.filter(({ stepsKnown }) => isNear(stepsKnown)).length;
  const near = outcomes.length - far.length;
  const about = [
    `${near} of ${outcomes.length} runs within ${NEAR}× of their plan, which doesn't know when they stop`,
    ...(far.length === 0
      ? []
      : [`the others: ${far.map(({ run, planned }) => `${run} ${planned.toPrecision(2)}×`).join(", ")}`]),
    `${known} with the steps known`,
    ...(left.size === 0 ? [] : [`left out, for want of what they start from: ${[...left].join(", ")}`]),
  ].join("; ");
  return [{ bench: "prediction", who: "gallery", share: near / outcomes.length, about }];
}

const isNear = (ratio: number): boolean => Math.max(ratio, 1 / ratio) <= NEAR;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
