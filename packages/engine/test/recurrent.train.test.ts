import { seed, stream } from "@seams/core";
import { initialState, type Network, type StepperState } from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { createEngine } from "../src/index";
import { arraysFor, layer, lossOn, specOf } from "./support/nets";

const STEPS = 4;

/** A memory of one unit over a sequence of single numbers: its formulas can be written down with plain numbers. */
const memoryOf = (kind: string): Network => ({
  inputs: { x: [STEPS, 1] },
  layers: [layer("memory", kind, "x", { units: 1 }), layer("end", "last-step", "memory")],
  outputs: { y: "end" },
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

type Weights = Readonly<Record<string, readonly number[]>>;

/** The last state, in double precision, one number at a time. */
const byHand: Readonly<Record<string, (sequence: readonly number[], weights: Weights) => number>> = {
  gru: (sequence, { kernel = [], recurrent = [], bias = [], recurrentBias = [] }) => {
    let h = 0;
    for (const x of sequence) {
      const seen = (gate: number): number => x * kernel[gate]! + bias[gate]!;
      const kept = (gate: number): number => h * recurrent[gate]! + recurrentBias[gate]!;
      const z = sigmoid(seen(0) + kept(0));
      const r = sigmoid(seen(1) + kept(1));
      const n = Math.tanh(seen(2) + r * kept(2));
      h = z * h + (1 - z) * n;
    }
    return h;
  },
  lstm: (sequence, { kernel = [], recurrent = [], bias = [] }) => {
    let h = 0;
    let c = 0;
    for (const x of sequence) {
      const sum = (gate: number): number => x * kernel[gate]! + h * recurrent[gate]! + bias[gate]!;
      c = sigmoid(sum(1)) * c + sigmoid(sum(0)) * Math.tanh(sum(2));
      h = sigmoid(sum(3)) * Math.tanh(c);
    }
    return h;
  },
};

/** The state with every weight drawn anew, so that biases take part. */
function drawn(state: StepperState): StepperState {
  const random = stream(seed(9), "weights");
  const arrays = Object.entries(state.arrays).map(([name, { shape, data }]) => [
    name,
    { shape, data: data.map(() => random.normal()) },
  ]);
  return { ...state, arrays: Object.fromEntries(arrays) };
}

describe.each(["gru", "lstm"])("a %s of one unit", (kind) => {
  it.each([
    ["program", "wasm"],
    ["eager", "cpu"],
  ] as const)("has the last state that its formulas give by hand: %s on %s", async (form, backend) => {
    const spec = specOf(memoryOf(kind), [lossOn("y", { loss: "squared-error", width: 1 })]);
    const state = drawn(initialState(spec.network, seed(1), (id) => id));
    const engine = await createEngine({ backend, form });
    const stepper = await engine.stepper(spec, state);
    const arrays = arraysFor(spec);
    stepper.bind(arrays);
    const rows = Int32Array.from([0, 7, 31]);
    const { y } = await stepper.predict(rows, ["y"]);
    stepper.dispose();
    const weights = Object.fromEntries(
      Object.entries(state.arrays).map(([name, { data }]) => [name.slice("memory/".length), [...data]]),
    );
    for (const [index, row] of rows.entries()) {
      const sequence = [...arrays["x"]!.data.subarray(row * STEPS, (row + 1) * STEPS)];
      expect(y?.[index]).toBeCloseTo(byHand[kind]!(sequence, weights), 5);
    }
  });

  it("starts with a bias that keeps memory where it has a gate for that alone", () => {
    const { arrays } = initialState(memoryOf(kind), seed(1), (id) => id);
    expect([...arrays["memory/bias"]!.data]).toEqual(kind === "lstm" ? [0, 1, 0, 0] : [0, 0, 0]);
  });
});
