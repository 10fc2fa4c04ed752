import { seed } from "@seams/core";
import { initialState, type Network, type StepperState, type StepSpec } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { type Kernels, loadKernels } from "../src/wasm/kernels";
import { createProgramStepper } from "../src/wasm/stepper";
import {
  arraysFor,
  denseLayers,
  lossOn,
  smallConv,
  someRows,
  specOf,
  twoHeads,
  twoLosses,
} from "./support/nets";

/** The smallest normal number of 32 bits: below it arithmetic is slow. */
const LEAST_NORMAL = 2 ** -126;

const specs: readonly StepSpec[] = [
  specOf(twoHeads, twoLosses),
  specOf(smallConv, [lossOn("y", { width: 4 })]),
  specOf(twoHeads, twoLosses, {
    optimiser: { name: "sgd", learningRate: 0.01, momentum: 0.9, weightDecay: 0, layerRates: {} },
  }),
];

const startOf = (spec: StepSpec): StepperState => initialState(spec.network, seed(2), (id) => id);

describe("step programs in a process that lives long", () => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await loadKernels();
  });

  const start = (spec: StepSpec, state = startOf(spec)) => {
    const stepper = createProgramStepper(kernels, spec, state);
    stepper.bind(arraysFor(spec));
    return stepper;
  };

  it("need no more memory after 500 runs than after 50", async () => {
    const bytes: number[] = [];
    for (let run = 0; run < 500; run++) {
      const stepper = start(specs[run % specs.length]!);
      await stepper.run(someRows(16));
      await stepper.evaluate(someRows(40));
      stepper.dispose();
      bytes.push(kernels.heap.memory.buffer.byteLength);
    }
    expect(bytes.at(-1)).toBe(bytes[49]);
    expect(kernels.heap.liveBlocks).toBe(0);
  });

  it("give the same bits in turns with others as alone", async () => {
    const rows = Array.from({ length: 20 }, (_, step) => someRows(8 * (step + 1)).subarray(8 * step));
    const alone: StepperState[] = [];
    for (const spec of specs) {
      const stepper = start(spec);
      for (const batch of rows) await stepper.run(batch);
      alone.push(await stepper.read());
      stepper.dispose();
    }
    const together = specs.map((spec) => start(spec));
    for (const batch of rows) await Promise.all(together.map((stepper) => stepper.run(batch)));
    for (const [index, stepper] of together.entries()) {
      expect(await stepper.read()).toEqual(alone[index]);
      stepper.dispose();
    }
  });

  it.each(["adam", "sgd"] as const)(
    "don't slow down over 20,000 steps of %s with dead units: no slot leaves the normal numbers",
    async (name) => {
      const network: Network = {
        inputs: { x: [6] },
        layers: denseLayers("x", [16, 3]),
        outputs: { y: "dense1" },
      };
      const optimiser = { name, learningRate: 0.001, momentum: 0.9, weightDecay: 0, layerRates: {} };
      const spec = specOf(network, [lossOn("y")], { optimiser });
      const first = start(spec);
      await first.run(someRows(80));
      const { steps, arrays } = await first.read();
      first.dispose();
      // Half of the units die once they have slots.
      const bias = arrays["dense0/bias"]!;
      const dead = { ...bias, data: bias.data.map((value, unit) => (unit % 2 === 0 ? -1000 : value)) };
      const stepper = start(spec, { steps, arrays: { ...arrays, "dense0/bias": dead } });
      const seconds: number[] = [];
      for (let part = 0; part < 20; part++) {
        const before = process.cpuUsage();
        await stepper.run(someRows(8 * 1000));
        const { user, system } = process.cpuUsage(before);
        seconds.push((user + system) / 1e6);
      }
      const state = await stepper.read();
      stepper.dispose();
      for (const [key, { data }] of Object.entries(state.arrays)) {
        const isSlow = data.some((value) => value !== 0 && Math.abs(value) < LEAST_NORMAL);
        expect(isSlow, key).toBe(false);
      }
      // The fastest parts of each end: others use this machine too.
      const early = Math.min(...seconds.slice(1, 6));
      const late = Math.min(...seconds.slice(-5));
      expect(late).toBeLessThan(1.5 * early);
    },
  );
});
