import { seed } from "@seams/core";
import { initialState } from "@seams/core/train";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "../src/index";
import { canFuse } from "../src/wasm/fused";
import { loadKernels, programKernels } from "../src/wasm/kernels";
import { createProgramStepper } from "../src/wasm/stepper";
import { arraysFor, lossOn, smallConv, someRows, specOf, twoHeads, twoLosses } from "./support/nets";

afterEach(() => {
  vi.unstubAllEnvs();
});

const specs = { heads: specOf(twoHeads, twoLosses), conv: specOf(smallConv, [lossOn("y", { width: 4 })]) };

/** The losses of 30 steps by one kind of kernels. */
async function lossesOf(net: keyof typeof specs, how: "fused" | "separate"): Promise<Float32Array> {
  const spec = specs[net];
  const stepper = createProgramStepper(
    await loadKernels(how),
    spec,
    initialState(spec.network, seed(2), (id) => id),
  );
  stepper.bind(arraysFor(spec));
  const { losses } = await stepper.run(someRows(240));
  stepper.dispose();
  return losses;
}

describe("kernels that multiply and add in one, and those that do not", () => {
  it("have ids of their own: their bits differ", async () => {
    vi.stubEnv("SEAMS_ENGINE_MULTIPLY_ADD", "separate");
    expect(programKernels()).toMatch(/^program-[0-9a-f]{12}$/);
    expect((await createEngine({ backend: "wasm" })).info.kernels).toMatch(/^program-[0-9a-f]{12}\+/);
    expect((await loadKernels("fused")).id).toBe(`${programKernels()}-fused`);
  });

  it("are taken as asked for, or refused", () => {
    vi.stubEnv("SEAMS_ENGINE_MULTIPLY_ADD", "twice");
    expect(() => programKernels()).toThrow(
      'SEAMS_ENGINE_MULTIPLY_ADD is fused or separate, or not set; it is "twice".',
    );
    vi.stubEnv("SEAMS_ENGINE_MULTIPLY_ADD", "fused");
    if (canFuse()) expect(programKernels()).toMatch(/-fused$/);
    else expect(() => programKernels()).toThrow("which this processor or this Node can't do");
  });

  it.runIf(canFuse()).each(["heads", "conv"] as const)("learn the same but for rounding: %s", async (net) => {
    const fused = await lossesOf(net, "fused");
    const separate = await lossesOf(net, "separate");
    expect(fused.length).toBe(separate.length);
    for (const [step, loss] of separate.entries())
      expect(Math.abs((fused[step] ?? Number.NaN) - loss)).toBeLessThan(2e-4 * Math.abs(loss));
    expect(fused).not.toEqual(separate);
  });
});
