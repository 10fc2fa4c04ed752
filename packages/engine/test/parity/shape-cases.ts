import type { Tensor, Tf } from "@seams/core/train";
import type { Case } from "./machines";

/** Parts as one value that tells them apart. */
const weighed = (tf: Tf, parts: readonly Tensor[]): Tensor =>
  parts.map((part, index) => tf.mul(part, index + 1)).reduce((sum, part) => tf.add(sum, part));

/** Ops that move values. */
export function shapeCases(): Case[] {
  return [
    { name: "reshape 4×6 to 3×8", inputs: [{ shape: [4, 6] }], run: (tf, [x]) => tf.reshape(x!, [3, 8]) },
    { name: "transpose 4×6", inputs: [{ shape: [4, 6] }], run: (tf, [x]) => tf.transpose(x!) },
    {
      name: "transpose 2×3×4×5",
      inputs: [{ shape: [2, 3, 4, 5] }],
      run: (tf, [x]) => tf.transpose(x!, [3, 1, 0, 2]),
    },
    { name: "tile 3×1", inputs: [{ shape: [3, 1] }], run: (tf, [x]) => tf.tile(x!, [1, 4]) },
    { name: "tile 2×3×1", inputs: [{ shape: [2, 3, 1] }], run: (tf, [x]) => tf.tile(x!, [1, 1, 5]) },
    { name: "slice 5×6", inputs: [{ shape: [5, 6] }], run: (tf, [x]) => tf.slice(x!, [1, 2], [3, 3]) },
    { name: "zeros 3×4", inputs: [], run: (tf) => tf.zeros([3, 4]), differentiable: false },
    { name: "expandDims 5×6", inputs: [{ shape: [5, 6] }], run: (tf, [x]) => tf.expandDims(x!, 1) },
    { name: "concat of one", inputs: [{ shape: [3, 4] }], run: (tf, xs) => tf.concat([...xs], 1) },
    {
      name: "concat of two",
      inputs: [{ shape: [3, 4] }, { shape: [3, 2] }],
      run: (tf, xs) => tf.concat([...xs], 1),
    },
    {
      name: "concat of three",
      inputs: [{ shape: [1, 1] }, { shape: [1, 7] }, { shape: [1, 3] }],
      run: (tf, xs) => tf.concat([...xs], 1),
    },
    {
      name: "concat of images",
      inputs: [{ shape: [2, 3, 3, 1] }, { shape: [2, 3, 3, 4] }],
      run: (tf, xs) => tf.concat([...xs], 3),
    },
    {
      name: "split in thirds",
      inputs: [{ shape: [4, 6] }],
      run: (tf, [x]) => weighed(tf, tf.split(x!, 3, 1)),
    },
    {
      name: "split of one row",
      inputs: [{ shape: [1, 9] }],
      run: (tf, [x]) => weighed(tf, tf.split(x!, 9, 1)),
    },
    {
      name: "split in unequal parts, one unread",
      inputs: [{ shape: [5, 7] }],
      run: (tf, [x]) => weighed(tf, [tf.split(x!, [4, 3], 1)[0]!]),
    },
    {
      name: "unstack 3×5×2",
      inputs: [{ shape: [3, 5, 2] }],
      run: (tf, [x]) => weighed(tf, tf.unstack(x!, 1)),
    },
    {
      name: "unstack of one",
      inputs: [{ shape: [2, 1, 3] }],
      run: (tf, [x]) => weighed(tf, tf.unstack(x!, 1)),
    },
    {
      name: "zerosLike, onesLike",
      inputs: [{ shape: [3, 4] }],
      run: (tf, [x]) => tf.add(tf.zerosLike(x!), tf.onesLike(x!)),
      differentiable: false,
    },
    {
      name: "fill",
      inputs: [{ shape: [3, 4] }],
      run: (tf, [x]) => tf.add(x!, tf.fill(x!.shape, -2)),
      differentiable: false,
    },
  ];
}
