import { describe, expect, it } from "vitest";
import type { RunEvent } from "./events";
import { emptyRun, foldRun } from "./fold";

const engine = {
  version: "1",
  backend: "cpu",
  form: "eager",
  kernels: "stock",
  threads: 1,
  node: "v20",
} as const;
const started: RunEvent = {
  type: "run.started",
  engine,
  phases: [
    { id: "read", stages: ["read"], steps: 100 },
    { id: "add", stages: ["add"], steps: 50 },
  ],
};
const steps = (step: number, loss: number): RunEvent => ({
  type: "steps.finished",
  phase: "read",
  step,
  loss,
  byHead: { "read.output": loss },
  stepsPerSecond: 10,
});
const fold = (...events: RunEvent[]) => events.reduce(foldRun, emptyRun);

describe("foldRun", () => {
  it("follows phases from waiting to done", () => {
    const view = fold(
      started,
      { type: "phase.started", phase: "read", because: "not trained before" },
      steps(10, 2),
      steps(20, 1),
      { type: "phase.finished", phase: "read", step: 20, bestStep: 10, seconds: 2, stopped: "early" },
      { type: "phase.cached", phase: "add", because: "trained before" },
    );
    expect(view.status).toBe("running");
    expect(view.phases.map(({ status }) => status)).toEqual(["done", "cached"]);
    expect(view.phases[0]).toMatchObject({
      step: 20,
      bestStep: 10,
      stopped: "early",
      because: "not trained before",
    });
    expect(view.phases[0]?.curve.map(({ step, loss }) => [step, loss])).toEqual([
      [10, 2],
      [20, 1],
    ]);
  });

  it("counts the training time of a phase from its speed", () => {
    expect(fold(started, steps(10, 2), steps(30, 1)).phases[0]?.curve.map(({ seconds }) => seconds)).toEqual([
      1, 3,
    ]);
  });

  it("goes on in the same curve after a restart from a checkpoint", () => {
    const view = fold(
      started,
      { type: "phase.started", phase: "read", because: "" },
      steps(10, 2),
      steps(20, 1),
      started,
      { type: "phase.started", phase: "read", because: "" },
      { type: "phase.resumed", phase: "read", step: 15 },
      steps(20, 1),
      steps(30, 0.5),
    );
    expect(view.phases[0]?.curve.map(({ step }) => step)).toEqual([10, 20, 30]);
    expect(view.phases[0]?.resumedAt).toBe(15);
  });

  it("forgets the old curve where a phase starts from nothing again", () => {
    const view = fold(started, steps(10, 2), steps(20, 1), started, steps(10, 3));
    expect(view.phases[0]?.curve.map(({ loss }) => loss)).toEqual([3]);
  });

  it("says which phase failed or was cancelled", () => {
    const running: RunEvent = { type: "phase.started", phase: "read", because: "" };
    const cancelled = fold(started, running, { type: "run.cancelled", step: 3 });
    expect([cancelled.status, cancelled.phases[0]?.status]).toEqual(["cancelled", "cancelled"]);
    const diagnostic = {
      code: "loss-not-finite",
      severity: "error",
      message: "",
      place: { at: "graph" },
    } as const;
    const failed = fold(started, running, { type: "run.failed", diagnostic });
    expect([failed.status, failed.phases[0]?.status, failed.diagnostic]).toEqual([
      "failed",
      "failed",
      diagnostic,
    ]);
  });
});
