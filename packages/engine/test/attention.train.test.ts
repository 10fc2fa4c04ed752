import { seed } from "@seams/core";
import { initialState, type Network, type StepperState } from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { createEngine } from "../src/index";
import { arraysFor, layer, lossOn, specOf } from "./support/nets";

const STEPS = 5;
const SIZE = 6;
const HEADS = 2;
const RECORDS = 3;

const networkOf = (causal: boolean): Network => ({
  inputs: { x: [STEPS, SIZE] },
  layers: [layer("seen", "attention", "x", { heads: HEADS, causal }), layer("y", "flatten", "seen")],
  outputs: { y: "y" },
});

/** Attention over one sequence, in double precision, one number at a time. */
function byHand(x: ArrayLike<number>, { arrays }: StepperState, causal: boolean): readonly number[] {
  const weight = (name: string): Float32Array => arrays[`seen/${name}`]!.data;
  const across = (row: (column: number) => number, name: string, columns: number): readonly number[] =>
    Array.from({ length: columns }, (_, column) => {
      const bias = weight(name === "kernel" ? "bias" : "outputBias")[column]!;
      let sum = bias;
      for (let c = 0; c < SIZE; c++) sum += row(c) * weight(name)[c * columns + column]!;
      return sum;
    });
  const sums = Array.from({ length: STEPS }, (_, step) =>
    across((c) => x[step * SIZE + c]!, "kernel", 3 * SIZE),
  );
  const size = SIZE / HEADS;
  return sums.flatMap((own, step) => {
    const taken = Array.from({ length: SIZE }, (_, at) => {
      const first = at - (at % size);
      const seen = causal ? sums.slice(0, step + 1) : sums;
      const parts = seen.map((other) => {
        let score = 0;
        for (let c = first; c < first + size; c++) score += own[c]! * other[SIZE + c]!;
        return Math.exp(score / Math.sqrt(size));
      });
      const whole = parts.reduce((a, b) => a + b);
      return parts.reduce((sum, part, j) => sum + (part / whole) * seen[j]![2 * SIZE + at]!, 0);
    });
    return across((c) => taken[c]!, "output", SIZE);
  });
}

describe.each(["eager", "program"] as const)("attention, %s", (form) => {
  it.each([false, true])("is its formula, written out (causal: %s)", async (causal) => {
    const network = networkOf(causal);
    const spec = specOf(network, [lossOn("y", { loss: "squared-error", width: STEPS * SIZE })]);
    const init = initialState(network, seed(3), (id) => id);
    init.arrays["seen/bias"]!.data.forEach((_, at, bias) => (bias[at] = Math.sin(at)));
    const arrays = arraysFor(spec, RECORDS);
    const engine = await createEngine({ backend: "wasm", form });
    const stepper = await engine.stepper(spec, init);
    stepper.bind(arrays);
    const { y } = await stepper.predict(
      Int32Array.from({ length: RECORDS }, (_, at) => at),
      ["y"],
    );
    stepper.dispose();
    for (let record = 0; record < RECORDS; record++) {
      const place = record * STEPS * SIZE;
      const expected = byHand(arrays["x"]!.data.subarray(place, place + STEPS * SIZE), init, causal);
      expected.forEach((value, at) => expect(y![place + at]).toBeCloseTo(value, 5));
    }
  });
});
