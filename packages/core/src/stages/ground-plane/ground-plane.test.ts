import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { groundPlane } from "./ground-plane";
import { standOnGround } from "./stand-on-ground";

const tiles = (of: object): FieldType => ({ is: "sequence", of: of as never, maxLength: 2 });
const TYPES = {
  exists: tiles({ is: "label", classes: ["no", "yes"] }),
  boxes: tiles({ is: "box" }),
  what: tiles({ is: "label", classes: ["barrier", "cart"] }),
};
const CAMERA = { fieldOfView: 90, horizon: 0.25, reach: 1.5, overlap: 0, farthest: 30 };

describeStageKind(groundPlane, { params: { ...CAMERA, speeds: [0, 2] }, problem: kitchenSink, types: TYPES });

describe("where a thing stands", () => {
  const stand = (tile: number, box: readonly number[], camera = CAMERA) =>
    standOnGround(camera, { tile, tiles: 2, box });

  it("is as far away as its lower edge is below the horizon: reach ÷ (bottom − horizon)", () => {
    // Bottom at .5: a quarter below the horizon, so 6 m away; half the view is the middle, straight ahead.
    const spot = stand(0, [1, 0.4, 0.1, 0.2]);
    expect(spot?.ahead).toBeCloseTo(6, 12);
    expect(spot?.left).toBeCloseTo(0, 12);
  });

  it("lies at the angle of its middle, left of the axis in the left half", () => {
    // The middle of the left tile of two is a quarter of the view from the axis: 22.5°.
    const spot = stand(0, [0.5, 0.4, 0.1, 0.2]);
    expect(Math.hypot(spot?.ahead ?? 0, spot?.left ?? 0)).toBeCloseTo(6, 12);
    expect(Math.atan2(spot?.left ?? 0, spot?.ahead ?? 0)).toBeCloseTo(Math.PI / 8, 12);
    expect(stand(1, [0.5, 0.4, 0.1, 0.2])?.left).toBeCloseTo(-(spot?.left ?? 0), 12);
  });

  it("is as wide as the angle that it fills", () => {
    // A tenth of a tile's 45° is 4.5°, of which half to each side.
    expect(stand(1, [0, 0.4, 0.1, 0.2])?.halfWidth).toBeCloseTo(6 * Math.tan((2.25 * Math.PI) / 180), 12);
    expect(stand(1, [0, 0.4, 1, 0.2], { ...CAMERA, fieldOfView: 360 })?.halfWidth).toBeLessThan(40);
  });

  it("is where it is, however much of its neighbours a tile shows", () => {
    // The view of a tile with half a neighbour at each side is twice as wide: its middle is the tile's.
    const wide = stand(0, [0.5 + 0.25 / 2, 0.4, 0.05, 0.2], { ...CAMERA, overlap: 0.5 });
    const own = stand(0, [0.75, 0.4, 0.1, 0.2]);
    expect(wide?.ahead).toBeCloseTo(own?.ahead ?? 0, 12);
    expect(wide?.left).toBeCloseTo(own?.left ?? 0, 12);
    expect(wide?.halfWidth).toBeCloseTo(own?.halfWidth ?? 0, 12);
  });

  it("is nowhere above the horizon, or too far away", () => {
    expect(stand(0, [0.5, 0.1, 0.1, 0.2])).toBeUndefined();
    expect(stand(0, [0.5, 0.4, 0.1, 0.2], { ...CAMERA, farthest: 5.9 })).toBeUndefined();
  });
});

describe("the stage", () => {
  const column = (type: FieldType, data: readonly number[], present: readonly number[]): Column => ({
    type,
    rows: 1,
    data: Float32Array.from(data),
    present: Uint8Array.from(present),
    lengths: Int32Array.of(2),
  });
  const output = tiles({ is: "vector", size: 4 });
  const inputs = {
    exists: column(TYPES.exists, [0, 1], [1, 1]),
    boxes: column(TYPES.boxes, [0.5, 0.4, 0.1, 0.2, 0, 0.4, 0.1, 0.2], [1, 1]),
    what: column(TYPES.what, [0, 1], [1, 1]),
  };
  const run = (changed: Partial<typeof inputs>) =>
    groundPlane.run({
      params: groundPlane.params.parse({ ...CAMERA, speeds: [0, 2] }),
      inputs: { ...inputs, ...changed },
      outputs: { output },
    })["output"];

  it("lists what exists, with the speed of its class", () => {
    const located = run({});
    expect([...(located?.lengths ?? [])]).toEqual([1]);
    expect([...(located?.present ?? [])]).toEqual([1, 0]);
    expect(located?.data[0]).toBeCloseTo(6, 5);
    expect(located?.data[3]).toBe(2);
  });

  it("lists the nearest first", () => {
    const boxes = column(TYPES.boxes, [1, 0.4, 0.1, 0.2, 0, 0.6, 0.1, 0.2], [1, 1]);
    const located = run({ exists: column(TYPES.exists, [1, 1], [1, 1]), boxes });
    expect([...(located?.lengths ?? [])]).toEqual([2]);
    expect(located?.data[0]).toBeCloseTo(1.5 / 0.45, 5);
    expect(located?.data[4]).toBeCloseTo(6, 5);
  });

  it("gives nothing of a record without boxes, and takes the first speed where the class is missing", () => {
    const nothing = run({ boxes: { ...inputs.boxes, lengths: Int32Array.of(-1) } });
    expect([...(nothing?.lengths ?? [])]).toEqual([-1]);
    expect([...(nothing?.present ?? [])]).toEqual([0, 0]);
    expect(run({ what: { ...inputs.what, present: Uint8Array.of(1, 0) } })?.data[3]).toBe(0);
  });

  it("refuses what is no sequence of boxes", () => {
    const id = stageId("g");
    const params = groundPlane.params.parse({});
    const infer = (boxes: FieldType) =>
      groundPlane.infer({ id, params, problem: kitchenSink, inputs: { ...TYPES, boxes } });
    expect(infer({ is: "box" }).diagnostics).toMatchObject([
      { code: "type-mismatch", place: { port: "boxes" } },
    ]);
  });
});
