import { divisor, type Stepper, type StepperState, type StepSpec } from "@seams/core/train";
import { describe } from "../eager/describe";
import { drawKeyOf, isFrozen } from "../draws";
import { arraySizes, evaluationOf, named, weightPlaces } from "../spec-facts";
import { exclusive, pauses } from "../turns";
import { type Bound, createBound } from "./bound";
import type { Kernels } from "./kernels";
import type { WeightLayout } from "./lowering";
import { type NetworkPlan, planNetwork } from "./plan";
import { compileProgram, type Program } from "./program";
import { createProgramWeights, type LaidWeight, type ProgramWeights } from "./weights";

/** Most records of one run of `evaluate` and `predict`, and about how much memory their values may take. */
const CHUNK_ROWS = 256;
const CHUNK_BYTES = 16 * 2 ** 20;
/** Steps between two copies of the weights to go back to. */
const STEPS_TO_REPEAT = 32;

/**
 * The program form of a stepper: the step is compiled to kernel calls with fixed addresses, and made again and again.
 * Programs are compiled when they are first needed.
 * @throws Error when the spec is inconsistent, the state does not fit it, or a layer has no program
 */
export function createProgramStepper(kernels: Kernels, spec: StepSpec, init: StepperState): Stepper {
  const described = describe(spec.network);
  const places = weightPlaces(spec, described);
  const trained = new Set(places.filter(({ rate }) => rate !== 0).map(({ name }) => name));
  const network = planNetwork(spec, (layer) =>
    described.weights.some((weight) => weight.layer === layer && trained.has(weight.name)),
  );
  const laid = network.groups.flatMap(({ facts, weights }) =>
    Object.entries(weights).map(([name, layout]) => [`${facts.layer.id}/${name}`, layout] as const),
  );
  const layouts = new Map<string, WeightLayout>(laid);
  const weights = createProgramWeights(kernels, {
    optimiser: spec.optimiser,
    weights: places.map((place): LaidWeight => {
      const layout = layouts.get(place.name);
      if (layout === undefined) throw new Error(`programs: ${place.name} has no layout.`);
      return { place, layout };
    }),
  });
  const bound = createBound(kernels.heap, arraySizes(spec));
  const parts: Parts = { spec, weights, bound, ...programsFor(kernels, { spec, network, weights }) };
  const steps = createSteps(parts);
  const guard = exclusive();
  try {
    weights.write(init);
  } catch (error) {
    weights.dispose();
    throw error;
  }
  return {
    bind: (arrays) => {
      bound.bind(arrays);
      steps.forget();
    },
    run: (rows) => guard(() => runSteps(parts, steps, rows)),
    evaluate: (rows) => guard(() => evaluateRows(parts, rows)),
    predict: (rows, outputs) => guard(() => predictRows(parts, rows, outputs)),
    read: () => guard(() => Promise.resolve(weights.read())),
    write: (state) => {
      weights.write(state);
      steps.forget();
    },
    dispose: () => {
      parts.disposePrograms();
      weights.dispose();
    },
  };
}

interface Programs {
  /** The program of these outputs, or of the heads' losses, or of steps. */
  program(purpose: "steps" | "losses" | readonly string[]): Program;
  disposePrograms(): void;
}

interface Parts extends Programs {
  readonly spec: StepSpec;
  readonly weights: ProgramWeights;
  readonly bound: Bound;
}

function programsFor(
  kernels: Kernels,
  { spec, network, weights }: { spec: StepSpec; network: NetworkPlan; weights: ProgramWeights },
): Programs {
  const programs = new Map<string, Program>();
  const bytesPerRecord = network.groups.reduce((sum, { layout, rows }) => sum + 4 * layout.stride * rows, 0);
  const chunk = Math.min(CHUNK_ROWS, Math.max(4, Math.floor(CHUNK_BYTES / bytesPerRecord)));
  return {
    program(purpose) {
      // A step asks each time: no text is made for it.
      const key = typeof purpose === "string" ? purpose : JSON.stringify(purpose);
      const known = programs.get(key);
      if (known !== undefined) return known;
      const isTraining = purpose === "steps";
      const program = compileProgram(kernels, {
        network,
        weight: (name) => weights.at(name),
        draw: (layer) =>
          isTraining && !isFrozen(spec, layer)
            ? { key: drawKeyOf(spec, layer), clock: weights.clock }
            : undefined,
        heads: typeof purpose === "string" ? spec.losses : [],
        outputs: typeof purpose === "string" ? [] : purpose,
        isTraining,
        capacity: isTraining ? spec.batchSize : chunk,
        clipNorm: isTraining ? spec.optimiser.clipNorm : undefined,
      });
      programs.set(key, program);
      return program;
    },
    disposePrograms: () => {
      for (const program of programs.values()) program.dispose();
    },
  };
}

/** Steps that can be taken back. */
interface Steps {
  /** Takes a step on these rows. Not taken where anything is not finite: then all is as before. */
  take(rows: Int32Array): { readonly taken: boolean; readonly heads: Float64Array; readonly loss: number };
  /** What was done before is not to be repeated: weights or data have changed from outside. */
  forget(): void;
}

/**
 * Updates are made in place, so a bad step is only seen when it has spoilt the weights. Then the last copy of them is
 * taken and the steps since are made again: the same program on the same rows gives the same bits.
 */
function createSteps({ spec, weights, bound, program }: Parts): Steps {
  const { losses: heads } = spec;
  let since: Int32Array[] | undefined;
  const found = new Float64Array(heads.length);
  const make = (steps: Program, rows: Int32Array): void => {
    load(steps, bound, rows);
    weights.setPaces();
    steps.run(rows.length);
  };
  return {
    take(rows) {
      const steps = program("steps");
      if (since === undefined || since.length >= STEPS_TO_REPEAT) {
        weights.remember();
        since = [];
      }
      make(steps, rows);
      let loss = 0;
      for (const [index, head] of heads.entries()) {
        const { losses, labelled } = steps.sums(index);
        const value = losses / (divisor(head, { rows: rows.length, labelled }) * head.unit);
        found[index] = value;
        loss += head.weight * value;
      }
      const taken = Number.isFinite(Math.fround(loss)) && weights.isFinite();
      if (taken) {
        since.push(rows.slice());
        weights.steps++;
      } else {
        weights.restore();
        weights.steps -= since.length;
        for (const before of since) {
          make(steps, before);
          weights.steps++;
        }
      }
      return { taken, heads: found, loss };
    },
    forget: () => {
      since = undefined;
    },
  };
}

/** Brings the rows of all arrays to where the program reads them. */
function load({ arrays }: Program, bound: Bound, rows: Int32Array): void {
  for (const target of arrays) bound.copyRows(target, rows);
}

async function runSteps({ spec }: Parts, steps: Steps, rows: Int32Array): ReturnType<Stepper["run"]> {
  const { losses: heads, batchSize } = spec;
  const losses: number[] = [];
  const sums = new Float64Array(heads.length);
  const pause = pauses();
  let nonFiniteAt: number | undefined;
  for (let start = 0; start < rows.length && nonFiniteAt === undefined; start += batchSize) {
    await pause();
    const outcome = steps.take(rows.subarray(start, start + batchSize));
    if (outcome.taken) {
      losses.push(outcome.loss);
      for (let index = 0; index < sums.length; index++)
        sums[index] = (sums[index] ?? 0) + (outcome.heads[index] ?? 0);
    } else nonFiniteAt = losses.length;
  }
  const byOutput = named(heads, (index) => (sums[index] ?? 0) / Math.max(losses.length, 1));
  const report = { losses: Float32Array.from(losses), byOutput };
  return nonFiniteAt === undefined ? report : { ...report, nonFiniteAt };
}

async function evaluateRows(parts: Parts, rows: Int32Array): ReturnType<Stepper["evaluate"]> {
  const { losses: heads } = parts.spec;
  const sums = heads.map(() => 0);
  const labelled = heads.map(() => 0);
  await inChunks(parts, { program: parts.program("losses"), rows }, (program) => {
    for (const index of heads.keys()) {
      const found = program.sums(index);
      sums[index] = (sums[index] ?? 0) + found.losses;
      labelled[index] = (labelled[index] ?? 0) + found.labelled;
    }
  });
  return evaluationOf(heads, { rows: rows.length, sums, labelled });
}

async function predictRows(
  parts: Parts,
  rows: Int32Array,
  outputs: readonly string[],
): ReturnType<Stepper["predict"]> {
  const program = parts.program(outputs);
  const collected = Object.fromEntries(
    outputs.map((output) => [output, new Float32Array(rows.length * program.sizeOf(output))]),
  );
  await inChunks(parts, { program, rows }, (_, { start, count }) => {
    for (const [output, values] of Object.entries(collected)) {
      program.copyOutput(output, count, { values, start: start * program.sizeOf(output) });
    }
  });
  return collected;
}

/** Runs a program on rows, as many at a time as it has room for. */
async function inChunks(
  { bound }: Parts,
  { program, rows }: { readonly program: Program; readonly rows: Int32Array },
  look: (program: Program, chunk: { readonly start: number; readonly count: number }) => void,
): Promise<void> {
  const pause = pauses();
  for (let start = 0; start < rows.length; start += program.capacity) {
    await pause();
    const chunk = rows.subarray(start, start + program.capacity);
    load(program, bound, chunk);
    program.run(chunk.length);
    look(program, { start, count: chunk.length });
  }
}
