import { lossKinds, type StepLoss, type Stepper, type StepperState, type StepSpec } from "@seams/core/train";
import { describe } from "../eager/describe";
import { present } from "../eager/forward";
import type { Machine } from "../machine";
import { evaluationOf, named, weightPlaces } from "../spec-facts";
import { exclusive, pauses } from "../turns";
import { compileForward, type ForwardProgram } from "./forward-program";
import { compileSteps, type StepProgram } from "./program";
import { Refusal } from "./record";
import { type Fed, recordAnswers, type Recorded, recordLosses, recordShapes, recordStep } from "./recordings";
import { createNativeResidents, type NativeResidents } from "./resident";
import { scheduleOf } from "./update";
import { createNativeWeights, type NativeWeights } from "./weights";

/** Most steps of one call: a bad one is found when it is over, and the steps before it are made again. */
const MOST_STEPS = 32;
/** About how long one call may keep timers and messages waiting. */
const CALL_MS = 40;
/** Rows of one forward pass. Always as many, so that a row's answer doesn't depend on its company. */
const CHUNK_ROWS = 64;

/**
 * The native form of a stepper: one eager step is recorded where tfjs-node's kernels become TensorFlow ops, and is run
 * many times a call as a loop in a TensorFlow graph. Weights and slots go in as the tensors of the call before and come
 * out as new ones; so the state before a bad step is still there.
 * @throws Refusal where the step can't become a program; Error when the spec is inconsistent, or the state doesn't fit
 */
export function createNativeStepper(machine: Machine, spec: StepSpec, init: StepperState): Stepper {
  machine.use();
  // Recording it would be refused, too, as what reads values back: this says what it is.
  const eager = spec.losses.map(({ loss }) => lossKinds[loss].eagerOnNative).find((why) => why !== undefined);
  if (eager !== undefined) throw new Refusal(eager);
  const described = describe(spec.network);
  const places = weightPlaces(spec, described);
  const weights = createNativeWeights(machine, { places, optimiser: spec.optimiser }, init);
  const residents = createNativeResidents(machine, recordShapes(spec));
  const recorded: Recorded = { machine, spec, described, weights: weights.tensors };
  const programs = programsFor(recorded, weights);
  const parts: Parts = { machine, spec, weights, residents, programs };
  const guard = exclusive();
  try {
    if (spec.losses.length > 0) programs.steps(spec.batchSize);
  } catch (error) {
    weights.dispose();
    throw error;
  }
  return {
    bind: (arrays) => residents.bind(arrays),
    run: (rows) => guard(() => runSteps(parts, rows)),
    evaluate: (rows) => guard(() => evaluateRows(parts, rows)),
    predict: (rows, outputs) => guard(() => predictRows(parts, rows, outputs)),
    read: () => guard(() => Promise.resolve(weights.read())),
    write: (state) => {
      machine.use();
      weights.write(state);
    },
    dispose: () => {
      programs.dispose();
      residents.dispose();
      weights.dispose();
    },
  };
}

interface Parts {
  readonly machine: Machine;
  readonly spec: StepSpec;
  readonly weights: NativeWeights;
  readonly residents: NativeResidents;
  readonly programs: Programs;
}

/** A program with the arrays that it gathers rows of. */
interface Compiled<Program> {
  readonly program: Program;
  readonly arrays: readonly string[];
}

/** Programs, each compiled when it is first needed. */
interface Programs {
  steps(batchSize: number): Compiled<StepProgram>;
  losses(): Compiled<ForwardProgram>;
  answers(outputs: readonly string[]): Compiled<ForwardProgram>;
  dispose(): void;
}

function programsFor(recorded: Recorded, { trained, moving }: NativeWeights): Programs {
  const { machine, spec } = recorded;
  const steps = new Map<number, Compiled<StepProgram>>();
  const forward = new Map<string, Compiled<ForwardProgram>>();
  const schedule = scheduleOf(
    spec.optimiser,
    trained.map(({ place }) => place.rate),
  );
  const names = trained.map(({ place }) => place.name);
  const forwardOf = (key: string, make: () => Fed): Compiled<ForwardProgram> =>
    remembered(forward, key, () => {
      const fed = make();
      return { program: compileForward(machine, { ...fed, rows: CHUNK_ROWS }), arrays: fed.arrays };
    });
  return {
    steps: (batchSize) =>
      remembered(steps, batchSize, () => {
        const fed = recordStep(recorded, batchSize, names);
        const program = compileSteps(machine, { ...fed, batchSize, trained, moving, spec, schedule });
        return { program, arrays: fed.arrays };
      }),
    losses: () => forwardOf("losses", () => recordLosses(recorded, CHUNK_ROWS)),
    answers: (outputs) =>
      forwardOf(JSON.stringify(outputs), () => recordAnswers(recorded, CHUNK_ROWS, outputs)),
    dispose: () => {
      for (const { program } of [...steps.values(), ...forward.values()]) program.dispose();
    },
  };
}

function remembered<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** What was found so far. */
interface Found {
  readonly losses: number[];
  /** Sum of each head's losses. */
  readonly heads: number[];
}

async function runSteps(parts: Parts, rows: Int32Array): ReturnType<Stepper["run"]> {
  const { machine, spec, programs } = parts;
  const found: Found = { losses: [], heads: spec.losses.map(() => 0) };
  const pause = pauses(machine.use);
  const whole = Math.floor(rows.length / spec.batchSize);
  let nonFiniteAt: number | undefined;
  let steps = 1;
  for (let start = 0; start < rows.length && nonFiniteAt === undefined; ) {
    await pause();
    const left = whole - start / spec.batchSize;
    const count = Math.min(steps, Math.max(1, left));
    const end = Math.min(start + count * spec.batchSize, rows.length);
    const began = performance.now();
    if (!takeSteps(parts, rows.subarray(start, end), found)) nonFiniteAt = found.losses.length;
    const each = (performance.now() - began) / count;
    const { mostSteps } = programs.steps(Math.min(spec.batchSize, rows.length)).program;
    steps = Math.max(1, Math.min(MOST_STEPS, mostSteps, Math.floor(CALL_MS / each)));
    start = end;
  }
  const byOutput = named(
    spec.losses,
    (index) => (found.heads[index] ?? 0) / Math.max(found.losses.length, 1),
  );
  const report = { losses: Float32Array.from(found.losses), byOutput };
  return nonFiniteAt === undefined ? report : { ...report, nonFiniteAt };
}

/**
 * Takes steps on whole batches, or one on a short one. Where anything is not finite, the steps before it are made again
 * one by one from where all began: the same program on the same rows gives the same bits.
 * @returns whether all were taken
 */
function takeSteps(parts: Parts, rows: Int32Array, found: Found): boolean {
  const size = Math.min(parts.spec.batchSize, rows.length);
  if (tryCall(parts, rows, found)) return true;
  if (rows.length === size) return false;
  for (let start = 0; start < rows.length; start += size)
    if (!tryCall(parts, rows.subarray(start, start + size), found)) return false;
  return true;
}

/** One call of the program; what it gives is kept where all of it is finite. */
function tryCall(
  { machine, spec, weights, residents, programs }: Parts,
  rows: Int32Array,
  into: Found,
): boolean {
  const { program, arrays } = programs.steps(Math.min(spec.batchSize, rows.length));
  const from = { arrays: residents.tensors(arrays, rows), state: weights.tensors };
  const { found, isFinite, state } = program.run(rows, from, weights.steps);
  if (!isFinite || !found.every(Number.isFinite)) {
    machine.tf.dispose(Object.values(state));
    return false;
  }
  weights.replace(state);
  const width = 1 + into.heads.length;
  for (let at = 0; at < found.length; at += width) {
    into.losses.push(found[at] ?? 0);
    for (const index of into.heads.keys())
      into.heads[index] = (into.heads[index] ?? 0) + (found[at + 1 + index] ?? 0);
    weights.steps++;
  }
  return true;
}

async function evaluateRows(parts: Parts, rows: Int32Array): ReturnType<Stepper["evaluate"]> {
  const { losses: heads } = parts.spec;
  const sums = heads.map(() => 0);
  const labelled = heads.map(() => 0);
  await inChunks(parts, { ...parts.programs.losses(), rows }, (values, chunk) => {
    for (const [index, head] of heads.entries()) {
      const slots = present(values[`slots ${index}`], head.output);
      for (let at = 0; at < chunk.rows.length * head.slots; at++)
        sums[index] = (sums[index] ?? 0) + (slots[at] ?? 0);
      labelled[index] = (labelled[index] ?? 0) + labelledIn(parts, head, chunk.rows);
    }
  });
  return evaluationOf(heads, { rows: rows.length, sums, labelled });
}

function labelledIn({ residents }: Parts, { mask, slots }: StepLoss, rows: Int32Array): number {
  const { data } = residents.array(mask);
  let sum = 0;
  for (const row of rows) for (let slot = 0; slot < slots; slot++) sum += data[row * slots + slot] ?? 0;
  return sum;
}

async function predictRows(
  parts: Parts,
  rows: Int32Array,
  outputs: readonly string[],
): ReturnType<Stepper["predict"]> {
  const collected: Record<string, Float32Array> = {};
  for (const output of outputs) collected[output] = new Float32Array(0);
  await inChunks(parts, { ...parts.programs.answers(outputs), rows }, (values, { start, rows: chunk }) => {
    for (const [output, found] of Object.entries(values)) {
      const size = found.length / CHUNK_ROWS;
      if (start === 0) collected[output] = new Float32Array(rows.length * size);
      collected[output]?.set(found.subarray(0, chunk.length * size), start * size);
    }
  });
  return collected;
}

interface Chunk {
  readonly start: number;
  readonly rows: Int32Array;
}

/** Runs a program on rows, as many at a time as it takes: the last time its last row stands for those that lack. */
async function inChunks(
  { machine, weights, residents }: Parts,
  { program, arrays, rows }: Compiled<ForwardProgram> & { readonly rows: Int32Array },
  look: (values: Readonly<Record<string, Float32Array>>, chunk: Chunk) => void,
): Promise<void> {
  const pause = pauses(machine.use);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    await pause();
    const chunk = rows.subarray(start, start + CHUNK_ROWS);
    const full = new Int32Array(CHUNK_ROWS).fill(chunk.at(-1) ?? 0);
    full.set(chunk);
    const values = program.run(full, { ...residents.tensors(arrays, chunk), ...weights.tensors });
    look(values, { start, rows: chunk });
  }
}
