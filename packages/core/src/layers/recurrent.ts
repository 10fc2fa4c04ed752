import type { Layer, Shape, Tensor, Tf, WeightSpec } from "./layer";
import { checkOne, onlyInput, wholeParam } from "./params";

/** Reason why there isn't one sequence of rows. */
export const checkSequence = (inputs: readonly Shape[]): string | undefined => checkOne(inputs, 2);

/** Weights of a recurrent layer: by its input, by its state before, and a bias; gate behind gate along the last side. */
export function recurrentWeights(
  params: Layer["params"],
  inputs: readonly Shape[],
  gates: number,
): readonly WeightSpec[] {
  const [, channels = 0] = onlyInput(inputs);
  const units = wholeParam(params, "units");
  const fans = { fanIn: channels, fanOut: units, trainable: true };
  return [
    { name: "kernel", shape: [channels, gates * units], init: "glorot-uniform", ...fans },
    { name: "recurrent", shape: [units, gates * units], init: "glorot-uniform", ...fans, fanIn: units },
    { name: "bias", shape: [gates * units], init: "zeros", ...fans },
  ];
}

/** Of the products; the gates' own arithmetic is counted with ten operations a unit and gate. */
export function recurrentFlops(params: Layer["params"], inputs: readonly Shape[], gates: number): number {
  const [steps = 0, channels = 0] = onlyInput(inputs);
  const units = wholeParam(params, "units");
  return steps * gates * units * (2 * (channels + units) + 10);
}

/** A batch's steps one by one, each [batch, c]. */
export function stepsOf(tf: Tf, x: Tensor): readonly Tensor[] {
  const [batch = 1, steps = 1, channels = 1] = x.shape;
  return Array.from({ length: steps }, (_, step) =>
    tf.reshape(tf.slice(x, [0, step, 0], [batch, 1, channels]), [batch, channels]),
  );
}

/** Each [batch, units], together as [batch, steps, units]. */
export function togetherInTime(tf: Tf, states: readonly Tensor[]): Tensor {
  const apart = states.map((state) => tf.reshape(state, [state.shape[0] ?? 1, 1, state.shape[1] ?? 1]));
  return tf.concat(apart, 1);
}

/** Sums of all gates, [batch, gates · units], as one function of the gate's number. */
export const gateReader =
  (tf: Tf, sums: Tensor, units: number): ((gate: number) => Tensor) =>
  (gate) =>
    tf.slice(sums, [0, gate * units], [sums.shape[0] ?? 1, units]); // [batch, units]
