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

/** What each step's gates get of the input, [batch, gates · units]: x·W + b, worked out for all steps at once. */
export function seenBySteps(tf: Tf, x: Tensor, { kernel, bias }: InputWeights): readonly Tensor[] {
  const [batch = 1, steps = 1, channels = 1] = x.shape;
  const sums = tf.add(tf.matMul(tf.reshape(x, [batch * steps, channels]), kernel), bias);
  return tf.unstack(tf.reshape(sums, [batch, steps, bias.size]), 1);
}

/** By what a recurrent layer takes its input in. */
interface InputWeights {
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

/** Each [batch, units], together as [batch, steps, units]. */
export function togetherInTime(tf: Tf, states: readonly Tensor[]): Tensor {
  const apart = states.map((state) => tf.reshape(state, [state.shape[0] ?? 1, 1, state.shape[1] ?? 1]));
  return tf.concat(apart, 1);
}
