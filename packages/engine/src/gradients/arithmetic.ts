import { type Gradient, kept, unbroadcast } from "./gradient";

/** Gradients of ops between two values, each of which may have been broadcast. */
export const arithmetic: Readonly<Record<string, Gradient>> = {
  Add: {
    inputs: ["a", "b"],
    by: (call) => ({
      a: () => unbroadcast(call.tf, call.dy, kept(call, 0).shape),
      b: () => unbroadcast(call.tf, call.dy, kept(call, 1).shape),
    }),
  },
  Sub: {
    inputs: ["a", "b"],
    by: (call) => ({
      a: () => unbroadcast(call.tf, call.dy, kept(call, 0).shape),
      b: () => unbroadcast(call.tf, call.tf.neg(call.dy), kept(call, 1).shape),
    }),
  },
  Multiply: {
    inputs: ["a", "b"],
    by: (call) => ({
      a: () => unbroadcast(call.tf, call.tf.mul(call.dy, kept(call, 1)), kept(call, 0).shape),
      b: () => unbroadcast(call.tf, call.tf.mul(call.dy, kept(call, 0)), kept(call, 1).shape),
    }),
  },
  // ∂(a/b)/∂b = −(a/b)/b
  RealDiv: {
    inputs: ["a", "b"],
    output: true,
    by: (call) => ({
      a: () => unbroadcast(call.tf, call.tf.div(call.dy, kept(call, 1)), kept(call, 0).shape),
      b: () => {
        const { tf, dy } = call;
        const slope = tf.neg(tf.div(kept(call, 2), kept(call, 1)));
        return unbroadcast(tf, tf.mul(dy, slope), kept(call, 1).shape);
      },
    }),
  },
};

/** Gradients of ops on each value by itself. */
export const elementwise: Readonly<Record<string, Gradient>> = {
  Neg: { inputs: [], by: ({ tf, dy }) => ({ x: () => tf.neg(dy) }) },
  Identity: { inputs: [], by: ({ tf, dy }) => ({ x: () => tf.clone(dy) }) },
  Cast: { inputs: [], by: ({ tf, dy }) => ({ x: () => tf.cast(dy, "float32") }) },
  Abs: { inputs: ["x"], by: (call) => ({ x: () => call.tf.mul(call.dy, call.tf.sign(kept(call, 0))) }) },
  Square: { inputs: ["x"], by: (call) => ({ x: () => call.tf.mul(call.dy, call.tf.mul(kept(call, 0), 2)) }) },
  Log: { inputs: ["x"], by: (call) => ({ x: () => call.tf.div(call.dy, kept(call, 0)) }) },
  Exp: { inputs: [], output: true, by: (call) => ({ x: () => call.tf.mul(call.dy, kept(call, 0)) }) },
  Sqrt: {
    inputs: [],
    output: true,
    by: (call) => ({ x: () => call.tf.div(call.dy, call.tf.mul(kept(call, 0), 2)) }),
  },
  // At 0 the slope is 0, as everywhere else in the trade.
  Relu: {
    inputs: [],
    output: true,
    by: (call) => ({ x: () => call.tf.mul(call.dy, call.tf.step(kept(call, 0))) }),
  },
  // σ′ = σ(1 − σ)
  Sigmoid: {
    inputs: [],
    output: true,
    by: (call) => ({
      x: () => {
        const { tf, dy } = call;
        const y = kept(call, 0);
        return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
      },
    }),
  },
  // tanh′ = 1 − tanh²
  Tanh: {
    inputs: [],
    output: true,
    by: (call) => ({
      x: () => {
        const { tf, dy } = call;
        return tf.mul(dy, tf.sub(1, tf.square(kept(call, 0))));
      },
    }),
  },
  Softplus: {
    inputs: ["x"],
    by: (call) => ({ x: () => call.tf.mul(call.dy, call.tf.sigmoid(kept(call, 0))) }),
  },
  ClipByValue: {
    inputs: ["x"],
    by: (call) => ({
      x: () => {
        const { tf, dy, attrs } = call;
        const x = kept(call, 0);
        const low = Number(attrs["clipValueMin"]);
        const high = Number(attrs["clipValueMax"]);
        const isInside = tf.logicalAnd(tf.greaterEqual(x, low), tf.lessEqual(x, high));
        return tf.where(isInside, dy, tf.zerosLike(dy));
      },
    }),
  },
  // Where, not times: what was not chosen gets 0 even from a gradient that is not finite.
  Select: {
    inputs: ["condition"],
    by: (call) => {
      const { tf, dy } = call;
      return {
        condition: () => tf.zerosLike(tf.cast(kept(call, 0), "float32")),
        t: () => tf.where(kept(call, 0), dy, tf.zerosLike(dy)),
        e: () => tf.where(kept(call, 0), tf.zerosLike(dy), dy),
      };
    },
  },
};
