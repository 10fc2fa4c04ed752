import type { LayerKind, Shape } from "../layer";
import { onlyInput, shapeWords } from "../params";

/** Joins values along their last side: rows end to end, images channel behind channel. */
export const concat: LayerKind = {
  kind: "concat",
  summary: "Joins several values into one, one behind the other.",
  check: (_, inputs) => {
    const [first, ...rest] = inputs;
    if (first === undefined || first.length === 0) return "it takes at least one input";
    const odd = rest.find((shape) => !joins(first, shape));
    return odd === undefined ? undefined : `${shapeWords(first)} and ${shapeWords(odd)} cannot be joined`;
  },
  shape: (_, inputs) => [
    ...onlyInput(inputs).slice(0, -1),
    inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0),
  ],
  weights: () => [],
  flops: () => 0,
  forward: ({ tf, x }) => tf.concat([...x], -1),
  toKeras: () => ({ class_name: "Concatenate", config: { axis: -1 } }),
};

/** Whether all sides but the last are the same. */
const joins = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.slice(0, -1).join() === b.slice(0, -1).join();
