import type { Tensor } from "@seams/core/train";
import { loadBackend } from "../../src/backends";
import type { Machine } from "../../src/machine";
import { stream, seed } from "@seams/core";
import { testedBackend } from "../support/tested";

/** One input of a case: a shape, and what its values are like. */
export interface CaseInput {
  readonly shape: readonly number[];
  /** `signed`: −1…1. `positive`: 0.5…1.5. `negative`: −1.5…−0.5. `indices`: whole numbers below `below`. */
  readonly values?: "signed" | "positive" | "negative" | { readonly below: number };
}

/** One op with shapes: what is run on every backend and compared. */
export interface Case {
  readonly name: string;
  readonly inputs: readonly CaseInput[];
  run(tf: Machine["tf"], inputs: readonly Tensor[]): Tensor;
  /** False for ops that no gradient passes through. */
  readonly differentiable?: false;
}

/** A case's output and the gradients of a fixed random sum of it by each float input. */
export interface Outcome {
  readonly output: Float32Array;
  readonly shape: readonly number[];
  readonly gradients: readonly Float32Array[];
}

/** The backend under test and the one that it is compared with, ready in one process. */
export interface Machines {
  readonly tested: Machine;
  readonly cpu: Machine;
}

export async function bothMachines(): Promise<Machines> {
  const cpu = await loadBackend("cpu"); // before native, which brings a cpu backend of its own and warns of ours
  return { tested: await loadBackend(testedBackend), cpu };
}

/** Seeded values of an input. */
export function valuesOf(input: CaseInput, name: string): Float32Array {
  const size = input.shape.reduce((product, side) => product * side, 1);
  const random = stream(seed(1), name);
  const kind = input.values ?? "signed";
  return Float32Array.from({ length: size }, () => {
    if (typeof kind === "object") return random.integer(kind.below);
    const uniform = random.uniform();
    return kind === "signed" ? 2 * uniform - 1 : kind === "positive" ? 0.5 + uniform : -0.5 - uniform;
  });
}

/** Runs a case on one backend, forward and backward; nothing is left behind. */
export function outcomeOf(machine: Machine, probe: Case): Outcome {
  machine.use();
  const { tf } = machine;
  return tf.tidy(() => {
    const isIndex = (input: CaseInput): boolean => typeof input.values === "object";
    const tensors = probe.inputs.map((input, index) =>
      tf.tensor(valuesOf(input, `${probe.name} ${index}`), [...input.shape], "float32"),
    );
    const given = tensors.map((tensor, index) =>
      isIndex(probe.inputs[index]!) ? tf.cast(tensor, "int32") : tensor,
    );
    const output = tf.cast(probe.run(tf, given), "float32");
    const forward = { output: Float32Array.from(output.dataSync()), shape: output.shape };
    if (probe.differentiable === false) return { ...forward, gradients: [] };
    const cotangent = tf.tensor(
      valuesOf({ shape: output.shape }, `${probe.name} dy`),
      output.shape,
      "float32",
    );
    const free = given.filter((_, index) => !isIndex(probe.inputs[index]!));
    const call = tf.valueAndGrads((...floats: Tensor[]) => {
      const next = floats.values();
      return probe.run(
        tf,
        given.map((tensor, index) => (isIndex(probe.inputs[index]!) ? tensor : next.next().value!)),
      );
    });
    const { grads } = call(free, cotangent);
    return { ...forward, gradients: grads.map((gradient) => Float32Array.from(gradient.dataSync())) };
  });
}

/** Largest difference as a part of the largest reference value. */
export function relativeError(found: Float32Array, reference: Float32Array): number {
  if (found.length !== reference.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let scale = 1e-6;
  for (const [index, value] of reference.entries()) {
    const gap = Math.abs((found[index] ?? Number.NaN) - value);
    if (!(gap <= difference)) difference = gap; // a NaN stays
    scale = Math.max(scale, Math.abs(value));
  }
  return difference / scale;
}
