import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import { REFERENCE_SPEED, type Speed } from "./4-price";
import { chooseBackend, trainingSeconds } from "./choose-backend";
import { compile } from "./compile";
import type { TrainingPlan } from "./plan";

/** A pipeline of one dense net with one hidden layer. */
function planOf(units: number, more: Readonly<Record<string, unknown>> = {}, speed?: Speed): TrainingPlan {
  const input = kitchenSink.input[0] ?? "";
  const target = kitchenSink.target[0] ?? "";
  const { plan, diagnostics } = compile(
    {
      format: 1,
      title: "t",
      problem: kitchenSink.name,
      stages: {
        in: { kind: "field", params: { field: input } },
        net: { kind: "dense-net", params: { label: target, hidden: [units], ...more } },
        out: { kind: "answer", params: { field: target } },
      },
      links: [
        { from: "in.value", to: "net.input" },
        { from: "net.output", to: "out.value" },
      ],
    },
    { problem: kitchenSink, ...(speed === undefined ? {} : { speed }) },
  );
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

const wasm = { secondsPerStep: 1e-5, secondsPerLayer: 1e-6, flopsPerSecond: 2e10 };
const native = { secondsPerStep: 4e-4, secondsPerLayer: 1e-5, flopsPerSecond: 8e10, secondsPerProgram: 0.1 };
const both = { speeds: { wasm, native }, hasNative: true };
const [small, large] = [planOf(8), planOf(4096, { steps: 5000, batchSize: 512 })];

describe("predicted training time", () => {
  it("changes neither what a phase is known by nor what is allowed, whatever the machine", () => {
    const slow = { secondsPerStep: 10, secondsPerLayer: 1, flopsPerSecond: 1e6 };
    const onSlow = planOf(8, {}, slow);
    expect(onSlow.cost.seconds).toBeGreaterThan(30 * 60);
    expect(onSlow.phases.map(({ signature }) => signature)).toEqual(
      small.phases.map(({ signature }) => signature),
    );
  });

  it("is the plan's own at the speed that it was compiled with", () => {
    expect(trainingSeconds(large, REFERENCE_SPEED)).toBeCloseTo(large.cost.seconds, 9);
  });

  it("counts the making of a program once a fit", () => {
    const slower = { ...native, secondsPerProgram: 1.1 };
    expect(trainingSeconds(small, slower) - trainingSeconds(small, native)).toBeCloseTo(1, 9);
  });
});

describe("the choice of a backend", () => {
  it("takes the faster one for all pipelines together, and says both times", () => {
    expect(chooseBackend([large], both)).toMatchObject({ backend: "native" });
    expect(chooseBackend([large], both).because).toMatch(/^native takes about [\d.]+ s .*, wasm [\d.]+ s$/);
    expect(chooseBackend([small], both).backend).toBe("wasm");
    expect(chooseBackend([small], both).because).toMatch(/^wasm takes about/);
    expect(chooseBackend([small, large], both).backend).toBe("native");
  });

  it("asks no price where somebody asks for a backend", () => {
    expect(chooseBackend([large], { ...both, asked: "cpu" })).toEqual({
      because: "SEAMS_BACKEND asks for cpu",
    });
  });

  it("stays with wasm where native is not installed, or one of them was never measured", () => {
    expect(chooseBackend([large], { ...both, hasNative: false }).because).toContain("isn't installed");
    const unmeasured = chooseBackend([large], { speeds: { native }, hasNative: true });
    expect(unmeasured.backend).toBeUndefined();
    expect(unmeasured.because).toContain("seams doctor");
  });

  it("takes wasm where symbols are learned along frames: only there is a program of that loss", () => {
    const phases = large.phases.map((phase) =>
      phase.do === "train"
        ? { ...phase, losses: phase.losses.map((term) => ({ ...term, loss: "ctc" as const })) }
        : phase,
    );
    expect(chooseBackend([small, { phases }], both)).toEqual({
      backend: "wasm",
      because: "the ctc loss has a step program on wasm only",
    });
    expect(chooseBackend([{ phases }], { ...both, asked: "native" }).backend).toBeUndefined();
  });
});
