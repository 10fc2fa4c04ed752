import type { EventRow } from "@seams/db";
import { expect, it } from "vitest";
import { Backlog, withoutStaleMeasurements } from "./backlog";

const steps = (seq: number, phase = "p", trial = "t"): EventRow => ({
  seq,
  trial,
  event: { type: "steps.finished", phase, step: seq, loss: 1, byHead: {}, stepsPerSecond: 1 },
});
const state = (seq: number): EventRow => ({
  seq,
  trial: "t",
  event: { type: "phase.started", phase: "p", because: "new" },
});

it("keeps the latest measurement of each phase of each trial, and every change of state, in order", () => {
  const rows = [steps(1), state(2), steps(3), steps(4, "q"), steps(5, "p", "u"), steps(6), state(7)];
  expect(withoutStaleMeasurements(rows).map((row) => row.seq)).toEqual([2, 4, 5, 6, 7]);
});

it("leaves out nothing while a viewer is only a little behind", () => {
  const backlog = new Backlog();
  backlog.add(Array.from({ length: 200 }, (_, seq) => steps(seq)));
  expect(backlog.take()).toHaveLength(200);
  expect(backlog.size).toBe(0);
});

it("stays small for a viewer that never reads, but loses no change of state", () => {
  const backlog = new Backlog();
  for (let seq = 0; seq < 5_000; seq++) backlog.add([seq % 50 === 0 ? state(seq) : steps(seq)]);
  expect(backlog.size).toBeLessThan(400);
  expect(backlog.take().filter((row) => row.event.type === "phase.started")).toHaveLength(100);
});
