import { describe, expect, it } from "vitest";
import { scalars, vectors } from "../../../test/support/columns";
import { kitchenSink } from "../../../test/support/problems";
import type { FieldType } from "../../graph/field-type";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { latticePlanner } from "./lattice-planner";
import { planLattice } from "./plan-lattice";

const OBJECTS: FieldType = { is: "sequence", of: { is: "vector", size: 4 }, maxLength: 2 };
const LANE: FieldType = { is: "vector", size: 8 };
const params = latticePlanner.params.parse({ spacing: 3, halfWidth: 3, cruise: 7 });

describeStageKind(latticePlanner, {
  params: { spacing: 3 },
  problem: kitchenSink,
  types: { lane: LANE, objects: OBJECTS, speed: { is: "scalar" } },
});

const straight = (left = 0) => new Float32Array(8).fill(left);
const plan = (objects: readonly number[], lane = straight(), speed = 7) =>
  planLattice({ lane, objects, present: undefined, speed }, params);

describe("the plan", () => {
  it("follows the middle of a free lane at cruising speed", () => {
    expect([...plan([]).path]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(plan([]).pace).toBe(7);
  });

  it("moves towards the middle, smoothly", () => {
    const { path } = plan([], straight(1));
    const steps = [...path].map((left, k) => left - (k === 0 ? 0 : path[k - 1]!));
    expect(path.at(-1)).toBeGreaterThanOrEqual(0.5);
    expect(steps.every((step) => step >= 0 && step < 0.5)).toBe(true);
  });

  it("goes round an object with room for its own width, and slowly", () => {
    const { path, pace } = plan([12, 0, 0.8, 0]);
    expect(Math.abs(path[3]!)).toBeGreaterThan(0.8 + params.vehicle);
    expect(pace).toBeLessThan(7);
    expect(pace).toBeGreaterThan(0);
  });

  it("passes on the side where it has less far to go", () => {
    expect(plan([12, 0.5, 0.8, 0]).path[3]).toBeLessThan(0);
    expect(plan([12, -0.5, 0.8, 0]).path[3]).toBeGreaterThan(0);
  });

  it("does not care for what stands beside the lane", () => {
    expect(plan([12, 5, 0.8, 0])).toEqual(plan([]));
  });

  it("stops before a wall", () => {
    const wall = [-4, -2, 0, 2, 4].flatMap((left) => [9, left, 1.2, 0]);
    expect(plan(wall, straight(), 3).pace).toBeLessThan(3.5);
    expect(plan(wall.map((value) => (value === 9 ? 6 : value))).pace).toBe(0);
  });

  it("slows down in a bend to the sideways acceleration that is allowed: v = √(a ÷ κ)", () => {
    const bend = Float32Array.from({ length: 8 }, (_, k) => 0.05 * (3 * (k + 1)) ** 2);
    expect(plan([], bend).pace).toBeCloseTo(Math.sqrt(params.sideways / 0.1), 5);
  });

  it("meets what moves along the lane where it will be", () => {
    // 8 m ahead at half the vehicle's speed: it is met at 16 m, and 8 m are too early to have moved over.
    const [still, moving] = [plan([8, 0, 0.8, 0]), plan([8, 0, 0.8, 3.5])];
    expect(Math.abs(moving.path[1]!)).toBeLessThan(Math.abs(still.path[1]!));
    expect(Math.abs(moving.path[4]!)).toBeGreaterThan(0.8 + params.vehicle);
  });

  it("does not swerve into something near because of something far", () => {
    const near = [6, -2.3, 0.8, 0];
    const { path } = plan([...near, 21, 0.5, 0.8, 0], straight(), 5);
    expect(path[1]).toBeGreaterThan(-2.3 + 0.8 + params.vehicle);
  });
});

describe("the stage", () => {
  it("plans record by record, around the objects that are there", () => {
    const objects = {
      type: OBJECTS,
      rows: 2,
      data: Float32Array.from([12, 0, 0.8, 0, 0, 0, 0, 0, 12, 0, 0.8, 0, 0, 0, 0, 0]),
      present: Uint8Array.of(1, 0, 0, 0),
      lengths: Int32Array.of(2, 2),
    };
    const { path, pace } = latticePlanner.run({
      params,
      inputs: { lane: vectors([...straight()], [...straight()]), objects, speed: scalars([7, 7]) },
      outputs: { path: LANE, pace: { is: "scalar" } },
    });
    expect([...(path?.data.subarray(0, 8) ?? [])]).toEqual([...plan([12, 0, 0.8, 0]).path]);
    expect([...(path?.data.subarray(8) ?? [])]).toEqual([...plan([]).path]);
    expect(pace?.data[1]).toBe(7);
  });

  it("refuses objects of another size", () => {
    const objects: FieldType = { is: "sequence", of: { is: "vector", size: 3 }, maxLength: 2 };
    const inputs = { lane: LANE, objects, speed: { is: "scalar" } } as const;
    const asked = latticePlanner.infer({ id: stageId("p"), params, problem: kitchenSink, inputs });
    expect(asked.diagnostics).toMatchObject([{ code: "type-mismatch", place: { port: "objects" } }]);
  });
});
