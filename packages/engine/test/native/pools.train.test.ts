import type { Tensor } from "@seams/core/train";
import type { Rank } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../src/backends";
import type { Machine } from "../../src/machine";
import { canKeepWinners, withWinners } from "../../src/native/pools";
import { compileForward } from "../../src/native/forward-program";
import { record, type Recording } from "../../src/native/record";
import { testedBackend } from "../support/tested";

const ROWS = 3;

describe.runIf(testedBackend === "native")("max pools that keep their winners", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await loadBackend("native");
  });

  it("are known to TensorFlow's own builds, which have oneDNN", () => {
    machine.use();
    expect(canKeepWinners(machine)).toBe(true);
  });

  it.each([
    { shape: [8, 8, 16], size: 2, padding: "valid" },
    { shape: [7, 6, 5], size: 2, padding: "same" },
    { shape: [7, 6, 5], size: 3, padding: "valid" },
    { shape: [9, 1, 33], size: [2, 1], padding: "valid" },
    { shape: [1, 1, 1], size: 1, padding: "same" },
  ] as const)(
    "give a gradient to the first of equal values, as the stock ones do: $shape by $size, $padding",
    ({ shape, size, padding }) => {
      const { tf } = machine;
      machine.use();
      const [height, width, channels] = shape;
      const count = ROWS * height * width * channels;
      // Few values, so that most windows have several of their largest.
      const values = Float32Array.from({ length: count }, (_, at) => ((at * 7919) % 5) - 2);
      const [across, up] = typeof size === "number" ? [size, size] : [size[1], size[0]];
      const x: Tensor = tf.tensor(values, [ROWS, ...shape]);
      const gradient = tf.grad((input: Tensor) => {
        const given = tf.maxPool(
          tf.reshape<Rank.R4>(input, [ROWS, ...shape]),
          [up, across],
          [up, across],
          padding,
        );
        return tf.sum(tf.mul(given, tf.reshape(tf.range(1, given.size + 1), given.shape)));
      });
      const recording = record(machine, { x }, ({ keep }) => keep("gradient", gradient(x)));
      const gradientBy = (how: Recording): Float32Array | undefined => {
        const program = compileForward(machine, { recording: how, arrays: ["x"], rows: ROWS });
        const found = program.run(
          Int32Array.from({ length: ROWS }, (_, row) => row),
          { x },
        );
        program.dispose();
        return found["gradient"];
      };
      const keeping = withWinners(recording);
      expect(keeping.nodes.map(({ op }) => op)).toContain("_MklNativeMaxPoolGrad");
      const stock = gradientBy(recording);
      expect(gradientBy(keeping)).toEqual(stock);
      expect(stock?.some((value) => value !== 0)).toBe(true);
      x.dispose();
    },
  );

  it("leave a pool alone whose gradient nobody asks for", () => {
    const { tf } = machine;
    machine.use();
    const x = tf.ones([1, 4, 4, 2]);
    const recording = record(machine, { x }, ({ keep }) =>
      keep("pooled", tf.maxPool(tf.reshape<Rank.R4>(x, [1, 4, 4, 2]), 2, 2, "valid")),
    );
    expect(withWinners(recording)).toEqual(recording);
    x.dispose();
  });
});
