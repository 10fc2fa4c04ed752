import type { Tensor, Tf } from "@seams/core/train";
import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import { type Gradient, kept, type PartsGradient } from "./gradient";

/** Gradients of ops that move values or sum them. */
export const shape: Readonly<Record<string, Gradient>> = {
  Reshape: { inputs: ["x"], by: (call) => ({ x: () => call.tf.reshape(call.dy, kept(call, 0).shape) }) },
  ExpandDims: {
    inputs: ["input"],
    by: (call) => ({ input: () => call.tf.reshape(call.dy, kept(call, 0).shape) }),
  },
  Transpose: {
    inputs: [],
    by: ({ tf, dy, attrs }) => ({
      x: () => {
        const perm = numbers(attrs, "perm");
        return tf.transpose(
          dy,
          perm.map((_, axis) => perm.indexOf(axis)),
        );
      },
    }),
  },
  // Axis i of the result is [reps_i, side_i] laid in a row: the copies are summed.
  Tile: {
    inputs: ["x"],
    by: (call) => ({
      x: () => {
        const sides = kept(call, 0).shape;
        const copies = numbers(call.attrs, "reps");
        const apart = sides.flatMap((side, axis) => [copies[axis] ?? 1, side]);
        return call.tf.sum(
          call.tf.reshape(call.dy, apart),
          sides.map((_, axis) => 2 * axis),
        );
      },
    }),
  },
  Slice: {
    inputs: ["x"],
    by: (call) => ({
      x: () => {
        const begin = numbers(call.attrs, "begin");
        const { dy } = call;
        const border = kept(call, 0).shape.map((side, axis): [number, number] => {
          const before = begin[axis] ?? 0;
          return [before, side - before - (dy.shape[axis] ?? 0)];
        });
        return call.tf.pad(dy, border);
      },
    }),
  },
  Concat: {
    inputs: "all",
    by: (call) => {
      const first = kept(call, 0);
      const axis = call.tf.util.parseAxisParam(Number(call.attrs["axis"]), first.shape)[0] ?? 0;
      let start = 0;
      const parts: Record<string, () => Tensor> = {};
      for (const [index, part] of call.saved.entries()) {
        const begin = part.shape.map((_, side) => (side === axis ? start : 0));
        parts[index] = () => call.tf.slice(call.dy, begin, part.shape);
        start += part.shape[axis] ?? 0;
      }
      return parts;
    },
  },
  Sum: {
    inputs: ["x"],
    by: (call) => ({ x: () => spread(call.tf, call.dy, { x: kept(call, 0), attrs: call.attrs }) }),
  },
  Mean: {
    inputs: ["x"],
    by: (call) => ({
      x: () => {
        const x = kept(call, 0);
        return call.tf.mul(spread(call.tf, call.dy, { x, attrs: call.attrs }), call.dy.size / x.size);
      },
    }),
  },
  // dx = y · (dy − Σ dy·y)
  Softmax: {
    inputs: [],
    output: true,
    by: (call) => ({
      logits: () => {
        const { tf, dy } = call;
        const y = kept(call, 0);
        const weighted = tf.mul(dy, y);
        return tf.sub(weighted, tf.mul(tf.sum(weighted, -1, true), y));
      },
    }),
  },
};

/** Gradients of ops that take a value apart. */
export const parts: Readonly<Record<string, PartsGradient>> = {
  SplitV: { input: "x", together: ({ tf, dys, attrs }) => tf.concat([...dys], Number(attrs["axis"])) },
  Unpack: {
    input: "value",
    together: ({ tf, dys, attrs }) => {
      const axis = Number(attrs["axis"]);
      return tf.concat(
        dys.map((dy) => tf.expandDims(dy, axis)),
        axis,
      );
    },
  },
};

/** The gradient of a sum: each summed value gets the sum's. */
function spread(tf: Tf, dy: Tensor, { x, attrs }: { x: Tensor; attrs: NamedAttrMap }): Tensor {
  const axes = tf.util.parseAxisParam(attrs["axis"] as number | number[], x.shape); // the op's own attribute
  const sides = x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
  return tf.mul(tf.reshape(dy, sides), tf.ones(x.shape));
}

const numbers = (attrs: NamedAttrMap, name: string): number[] => attrs[name] as number[]; // the op's own attribute
