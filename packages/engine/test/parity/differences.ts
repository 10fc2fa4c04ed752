import type { Machine } from "../../src/machine";
import { type Case, outcomeOf, valuesOf } from "./machines";

/** Half the distance between the two points of a central difference: large against float32's rounding, else small. */
const STEP = 1e-3;

/** How a case's gradient by one input compares with the slope that two forward passes show. */
export interface Slope {
  /** (L(x + h·d) − L(x − h·d)) / 2h along a random direction d, with L = Σ output · dy. */
  readonly measured: number;
  /** Σ gradient · d */
  readonly claimed: number;
  /** Σ |gradient · d|: what the two may differ by is a part of this. */
  readonly scale: number;
}

/** One slope per float input of a differentiable case. */
export function slopesOf(machine: Machine, probe: Case): readonly Slope[] {
  const { gradients } = outcomeOf(machine, probe);
  const free = probe.inputs.flatMap((input, index) => (typeof input.values === "object" ? [] : [index]));
  return free.map((input, at) => {
    const gradient = gradients[at]!;
    const direction = valuesOf({ shape: probe.inputs[input]!.shape }, `${probe.name} direction ${input}`);
    const products = gradient.map((value, i) => value * direction[i]!);
    const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
    return {
      measured:
        (lossAt(machine, probe, { input, direction, step: STEP }) -
          lossAt(machine, probe, { input, direction, step: -STEP })) /
        (2 * STEP),
      claimed: sum(products),
      scale: sum(products.map(Math.abs)),
    };
  });
}

interface Move {
  readonly input: number;
  readonly direction: Float32Array;
  readonly step: number;
}

/** Σ output · dy, summed in double precision, with one input moved. */
function lossAt({ tf }: Machine, probe: Case, { input, direction, step }: Move): number {
  const output = tf.tidy(() => {
    const tensors = probe.inputs.map((one, index) => {
      const values = valuesOf(one, `${probe.name} ${index}`);
      const moved = index === input ? values.map((value, i) => value + step * direction[i]!) : values;
      return tf.cast(tf.tensor(moved, [...one.shape]), typeof one.values === "object" ? "int32" : "float32");
    });
    const result = probe.run(tf, tensors);
    return { values: Float32Array.from(result.dataSync()), shape: result.shape };
  });
  const cotangent = valuesOf({ shape: output.shape }, `${probe.name} dy`);
  return output.values.reduce((total, value, i) => total + value * cotangent[i]!, 0);
}
