import type { LayerKind } from "../layer";
import { onlyInput, shapeWords, sizeOf } from "../params";

/** Adds values of one shape: a way past layers, by which gradients reach what lies before them whole. */
export const sum: LayerKind = {
  kind: "sum",
  summary: "Adds several values of one shape, such as a layer's input and its output.",
  check: (_, inputs) => {
    const [first, ...rest] = inputs;
    if (first === undefined || rest.length === 0)
      return `it takes at least two inputs, seen ${inputs.length}`;
    const odd = rest.find((shape) => shape.join() !== first.join());
    return odd === undefined ? undefined : `${shapeWords(first)} and ${shapeWords(odd)} cannot be added`;
  },
  shape: (_, inputs) => onlyInput(inputs),
  weights: () => [],
  flops: (_, inputs) => (inputs.length - 1) * sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [first, ...rest] }) => {
    if (first === undefined) throw new Error("sum: not fed");
    return rest.reduce((total, value) => tf.add(total, value), first);
  },
  toKeras: () => ({ class_name: "Add", config: {} }),
};
