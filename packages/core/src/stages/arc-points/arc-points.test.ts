import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import { scalars } from "../../../test/support/columns";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { arcAhead } from "./arc-ahead";
import { arcPoints } from "./arc-points";

const SCALARS = { offset: { is: "scalar" }, heading: { is: "scalar" }, curvature: { is: "scalar" } } as const;

describeStageKind(arcPoints, { params: { points: 4, spacing: 2 }, problem: kitchenSink, types: SCALARS });

describe("a lane's middle ahead", () => {
  it("lies beside the vehicle where the lane is straight", () => {
    expect(arcAhead({ offset: 1.5, heading: 0, curvature: 0 }, 10)).toBeCloseTo(-1.5, 12);
  });

  it("turns against the vehicle's own turn", () => {
    expect(arcAhead({ offset: 0, heading: 0.1, curvature: 0 }, 10)).toBeCloseTo(-10 * Math.tan(0.1), 12);
  });

  it("is on the circle: y = R − √(R² − x²) for a bend of radius R to the left", () => {
    const [radius, ahead] = [40, 20];
    const onCircle = radius - Math.sqrt(radius ** 2 - ahead ** 2);
    expect(arcAhead({ offset: 0, heading: 0, curvature: 1 / radius }, ahead)).toBeCloseTo(onCircle, 6);
    expect(arcAhead({ offset: 0, heading: 0, curvature: -1 / radius }, ahead)).toBeCloseTo(-onCircle, 6);
    // 2 m left of the middle: that much nearer to the centre.
    const nearer = radius - 2 - Math.sqrt(radius ** 2 - ahead ** 2);
    expect(arcAhead({ offset: 2, heading: 0, curvature: 1 / radius }, ahead)).toBeCloseTo(nearer, 6);
  });

  it("stays finite where the lane turns back before it gets so far ahead", () => {
    expect(Number.isFinite(arcAhead({ offset: 0, heading: 0, curvature: 0.2 }, 30))).toBe(true);
  });
});

describe("the stage", () => {
  const params = arcPoints.params.parse({ points: 3, spacing: 2 });
  const run = (present: readonly number[]) =>
    arcPoints.run({
      params,
      inputs: {
        offset: scalars([1, 1]),
        heading: scalars([0, 0]),
        curvature: { ...scalars([0, 0]), present: Uint8Array.from(present) },
      },
      outputs: { output: { is: "vector", size: 3 } },
    })["output"];

  it("gives points, and none of a record that lacks a number", () => {
    expect([...(run([1, 1])?.data ?? [])]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect([...(run([1, 0])?.data ?? [])]).toEqual([-1, -1, -1, 0, 0, 0]);
    expect([...(run([1, 0])?.present ?? [])]).toEqual([1, 0]);
  });

  it("refuses what is no scalar, and says that a sequence needs each", () => {
    const infer = (offset: object) =>
      arcPoints.infer({
        id: stageId("a"),
        problem: kitchenSink,
        params,
        inputs: { ...SCALARS, offset: offset as never },
      }).diagnostics;
    expect(infer({ is: "vector", size: 2 })).toMatchObject([
      { code: "type-mismatch", place: { port: "offset" } },
    ]);
    expect(infer({ is: "sequence", of: { is: "scalar" }, maxLength: 2 })).toMatchObject([
      { code: "sequence-needs-each" },
    ]);
  });
});
