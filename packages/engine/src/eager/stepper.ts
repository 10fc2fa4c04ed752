import {
  headLoss,
  slotLosses,
  type StepLoss,
  type Stepper,
  type StepperState,
  type StepSpec,
  type Tensor,
} from "@seams/core/train";
import type { Machine } from "../machine";
import { arraySizes, evaluationOf, named, weightPlaces } from "../spec-facts";
import { exclusive, pauses } from "../turns";
import { describe } from "./describe";
import { masksOf, present, type Route, routeTo, runForward } from "./forward";
import { createResident, type Resident } from "./resident";
import { createWeights, type Weights } from "./weights";

/** Rows per forward pass of `evaluate` and `predict`: bounds memory, changes no result. */
const CHUNK_ROWS = 256;

/** What one step found. */
interface StepOutcome {
  /** Whether the step was taken; a step with anything not finite in it is not. */
  readonly taken: boolean;
  readonly loss: number;
  /** Unweighted loss of each head, in the order of the spec. */
  readonly heads: readonly number[];
}

/**
 * The eager form of a stepper: what the layer kinds' `forward` say, one tfjs op after the other, gradients by tfjs,
 * our own optimisers. It runs whatever has no program, and is what programs are tested against.
 * @throws Error when the spec is inconsistent, or the state does not fit it
 */
export function createEagerStepper(machine: Machine, spec: StepSpec, init: StepperState): Stepper {
  machine.use();
  const described = describe(spec.network);
  const route = routeTo(
    described,
    spec.losses.map((head) => head.output),
  );
  const places = weightPlaces(spec, described);
  const weights = createWeights(machine, { places, optimiser: spec.optimiser }, init);
  const resident = createResident(machine.tf, arraySizes(spec));
  const parts: Parts = { machine, spec, route, weights, resident };
  const guard = exclusive();
  return {
    bind: (arrays) => resident.bind(arrays),
    run: (rows) => guard(() => runSteps(parts, rows)),
    evaluate: (rows) => guard(() => evaluateRows(parts, rows)),
    predict: (rows, outputs) =>
      guard(() => predictRows({ ...parts, route: routeTo(described, outputs) }, rows)),
    read: () => guard(() => Promise.resolve(weights.read())),
    write: (state) => {
      machine.use();
      weights.write(state);
    },
    dispose: () => weights.dispose(),
  };
}

interface Parts {
  readonly machine: Machine;
  readonly spec: StepSpec;
  readonly route: Route;
  readonly weights: Weights;
  readonly resident: Resident;
}

async function runSteps(parts: Parts, rows: Int32Array): ReturnType<Stepper["run"]> {
  const { losses: heads, batchSize } = parts.spec;
  const losses: number[] = [];
  const sums = heads.map(() => 0);
  const pause = pauses(parts.machine.use);
  let nonFiniteAt: number | undefined;
  for (let start = 0; start < rows.length && nonFiniteAt === undefined; start += batchSize) {
    await pause();
    const outcome = takeStep(parts, rows.subarray(start, start + batchSize));
    if (outcome.taken) {
      losses.push(outcome.loss);
      for (const [index, loss] of outcome.heads.entries()) sums[index] = (sums[index] ?? 0) + loss;
    } else nonFiniteAt = losses.length;
  }
  const byOutput = named(heads, (index) => (sums[index] ?? 0) / Math.max(losses.length, 1));
  const report = { losses: Float32Array.from(losses), byOutput };
  return nonFiniteAt === undefined ? report : { ...report, nonFiniteAt };
}

function takeStep(parts: Parts, rows: Int32Array): StepOutcome {
  const { machine, spec, route, weights, resident } = parts;
  const { tf } = machine;
  return tf.tidy("step", () => {
    const inputs = gatherAll(resident, route.inputs, rows);
    const targets = spec.losses.map((head) => gatherHead(resident, head, rows));
    const heads: number[] = [];
    const moved: Record<string, Float32Array> = {};
    const weightedLoss = (trained: Readonly<Record<string, Tensor>>): Tensor => {
      const outputs = runForward(tf, route, {
        inputs,
        weights: { ...weights.tensors, ...trained },
        training: {
          spec,
          mask: masksOf(tf, spec, weights.steps + 1),
          move: (name, next) => (moved[name] = machine.look(next).slice()),
        },
      });
      const terms = spec.losses.map((head, index) => {
        const loss = headLoss(tf, head, {
          raw: present(outputs[head.output], head.output),
          ...targetsAt(targets, index),
        });
        heads.push(scalar(machine, loss));
        return tf.mul(loss, head.weight);
      });
      return terms.reduce((total, term) => tf.add(total, term));
    };
    const { loss, gradients } = lossAndGradients(parts, weightedLoss);
    const taken = Number.isFinite(loss) && weights.step(gradients, moved);
    return { taken, loss, heads };
  });
}

/** The loss and its gradient by each trained weight that it depends on. */
function lossAndGradients(
  { machine, weights }: Parts,
  weightedLoss: (trained: Readonly<Record<string, Tensor>>) => Tensor,
): { readonly loss: number; readonly gradients: Readonly<Record<string, Float32Array>> } {
  const names = weights.trained;
  if (names.length === 0) return { loss: scalar(machine, weightedLoss({})), gradients: {} };
  const call = machine.tf.valueAndGrads((...tensors) =>
    weightedLoss(Object.fromEntries(tensors.map((tensor, index) => [names[index] ?? "", tensor]))),
  );
  const { value, grads } = call(names.map((name) => present(weights.tensors[name], name)));
  // Every gradient exists before the first is looked at: a look at wasm memory does not outlive an allocation.
  const gradients: Record<string, Float32Array> = {};
  for (const [index, gradient] of grads.entries()) gradients[names[index] ?? ""] = machine.look(gradient);
  return { loss: scalar(machine, value), gradients };
}

async function evaluateRows(parts: Parts, rows: Int32Array): ReturnType<Stepper["evaluate"]> {
  const { machine, spec, route, weights, resident } = parts;
  const { tf } = machine;
  const sums = spec.losses.map(() => 0);
  const labelled = spec.losses.map(() => 0);
  const add = (into: number[], index: number, values: Float32Array): void => {
    into[index] = values.reduce((sum, value) => sum + value, into[index] ?? 0);
  };
  await inChunks(machine, rows, (chunk) => {
    const inputs = gatherAll(resident, route.inputs, chunk);
    const outputs = runForward(tf, route, { inputs, weights: weights.tensors });
    for (const [index, head] of spec.losses.entries()) {
      const tensors = {
        raw: present(outputs[head.output], head.output),
        ...gatherHead(resident, head, chunk),
      };
      add(sums, index, machine.look(slotLosses(tf, head, tensors)));
      add(labelled, index, machine.look(tensors.mask));
    }
  });
  return evaluationOf(spec.losses, { rows: rows.length, sums, labelled });
}

async function predictRows(parts: Parts, rows: Int32Array): ReturnType<Stepper["predict"]> {
  const { machine, route, weights, resident } = parts;
  const collected: Record<string, Float32Array> = {};
  for (const output of Object.keys(route.outputs)) collected[output] = new Float32Array(0);
  let done = 0;
  await inChunks(machine, rows, (chunk) => {
    const inputs = gatherAll(resident, route.inputs, chunk);
    const outputs = runForward(machine.tf, route, { inputs, weights: weights.tensors });
    for (const [output, tensor] of Object.entries(outputs)) {
      const size = tensor.size / chunk.length;
      if (done === 0) collected[output] = new Float32Array(rows.length * size);
      collected[output]?.set(machine.look(tensor), done * size);
    }
    done += chunk.length;
  });
  return collected;
}

/** Calls `work` on chunk after chunk, and disposes what it made. */
async function inChunks(
  machine: Machine,
  rows: Int32Array,
  work: (chunk: Int32Array) => void,
): Promise<void> {
  const pause = pauses(machine.use);
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    await pause();
    machine.tf.tidy("chunk", () => work(rows.subarray(start, start + CHUNK_ROWS)));
  }
}

type Targets = readonly { readonly target: Tensor; readonly mask: Tensor }[];

function targetsAt(targets: Targets, index: number): Targets[number] {
  return present(targets[index], `target ${index}`);
}

function gatherHead(resident: Resident, head: StepLoss, rows: Int32Array): Targets[number] {
  return { target: resident.gather(head.target, rows), mask: resident.gather(head.mask, rows) };
}

function gatherAll(resident: Resident, names: readonly string[], rows: Int32Array): Record<string, Tensor> {
  return Object.fromEntries(names.map((name) => [name, resident.gather(name, rows)]));
}

function scalar(machine: Machine, tensor: Tensor): number {
  return machine.look(tensor)[0] ?? Number.NaN;
}
