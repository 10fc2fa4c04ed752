import type { LayerKind } from "../layer";
import { checkPlaces, onlyInput, sizeOf } from "../params";

/** The mean over all places, channel by channel: [h, w, c] or [steps, c] → [c]. */
export const globalAvgPool: LayerKind = {
  kind: "global-avg-pool",
  summary: "Keeps the mean of every channel over all places: what there is, not where.",
  check: (_, inputs) => checkPlaces(inputs),
  shape: (_, inputs) => onlyInput(inputs).slice(-1),
  weights: () => [],
  flops: (_, inputs) => sizeOf(onlyInput(inputs)),
  forward: ({ tf, x: [x] }) => {
    if (x === undefined) throw new Error("global-avg-pool: not fed");
    const [batch = 1, ...sides] = x.shape;
    const channels = sides.at(-1) ?? 1;
    return tf.mean(tf.reshape(x, [batch, sizeOf(sides) / channels, channels]), 1); // [batch, channels]
  },
  toKeras: (_, inputs) => ({
    class_name: onlyInput(inputs).length === 2 ? "GlobalAveragePooling1D" : "GlobalAveragePooling2D",
    config: {},
  }),
};
