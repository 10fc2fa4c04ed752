import type { LayerKind } from "../layer";
import { checkCount, checkOne, onlyInput, wholeParam } from "../params";

/** A row of numbers as a sequence of frames of `size` numbers, side by side: [n] → [⌊n / size⌋, size]. */
export const frames: LayerKind = {
  kind: "frames",
  summary: "Cuts a row of numbers, such as a sound, into a sequence of frames; what remains is left out.",
  check: (params, inputs) => {
    const reason = checkCount(params, "size") ?? checkOne(inputs, 1);
    if (reason !== undefined) return reason;
    const [length = 0] = onlyInput(inputs);
    const size = wholeParam(params, "size");
    return length >= size ? undefined : `a frame of ${size} numbers doesn't fit into ${length}`;
  },
  shape: (params, inputs) => {
    const size = wholeParam(params, "size");
    return [Math.floor((onlyInput(inputs)[0] ?? 0) / size), size];
  },
  weights: () => [],
  flops: () => 0,
  forward: ({ tf, params, x: [x] }) => {
    if (x === undefined) throw new Error("frames: not fed");
    const [batch = 1, length = 1] = x.shape;
    const size = wholeParam(params, "size");
    const steps = Math.floor(length / size);
    const whole = steps * size === length ? x : tf.slice(x, [0, 0], [batch, steps * size]);
    return tf.reshape(whole, [batch, steps, size]); // [batch, steps, size]
  },
};
