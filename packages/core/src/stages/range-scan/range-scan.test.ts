import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../../test/support/problems";
import type { FieldType } from "../../graph/field-type";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { rangeScan } from "./range-scan";
import { thingsInScan } from "./things-in-scan";

const RANGES: FieldType = { is: "vector", size: 9 };
describeStageKind(rangeScan, { params: { farthest: 20 }, problem: kitchenSink, types: { ranges: RANGES } });

/** Nine beams, ten degrees each. */
const SCANNER = { fieldOfView: 90, farthest: 20, gap: 1 };
const FAR = 20;
const DEGREE = Math.PI / 180;

describe("things in a scan", () => {
  it("lie in the middle of their beams, behind the shortest range by half their width", () => {
    const [thing, ...others] = thingsInScan([FAR, FAR, FAR, 6.1, 6, 6.2, FAR, FAR, FAR], SCANNER);
    expect(others).toEqual([]);
    // Three beams fill 30°: a disc whose nearest point is 6 m away and whose edges are seen 15° from its middle.
    const { halfWidth = 0, distance = 0, ahead, left } = thing ?? {};
    expect(Math.asin(halfWidth / distance)).toBeCloseTo(15 * DEGREE, 12);
    expect(distance - halfWidth).toBeCloseTo(6, 12);
    expect(ahead).toBeCloseTo(distance, 12);
    expect(left).toBeCloseTo(0, 12);
  });

  it("are to the left in the first beams", () => {
    const [thing] = thingsInScan([5, FAR, FAR, FAR, FAR, FAR, FAR, FAR, FAR], SCANNER);
    expect(Math.atan2(thing?.left ?? 0, thing?.ahead ?? 0)).toBeCloseTo(40 * DEGREE, 12);
  });

  it("are told apart by a step between beams, and by a beam between them, nearest first", () => {
    const touching = thingsInScan([FAR, 9, 9.5, 4, 4.5, FAR, FAR, 7, FAR], SCANNER);
    expect(touching.map(({ distance, halfWidth }) => distance - halfWidth)).toEqual([
      expect.closeTo(4, 12),
      expect.closeTo(7, 12),
      expect.closeTo(9, 12),
    ]);
  });

  it("are none where every beam reaches its end, and one where none does", () => {
    expect(
      thingsInScan(
        Array.from({ length: 9 }, () => FAR),
        SCANNER,
      ),
    ).toEqual([]);
    expect(
      thingsInScan(
        Array.from({ length: 9 }, () => 3),
        SCANNER,
      ).length,
    ).toBe(1);
  });
});

describe("the stage", () => {
  const params = rangeScan.params.parse({ ...SCANNER, most: 2, speed: 1.5 });
  const output: FieldType = { is: "sequence", of: { is: "vector", size: 4 }, maxLength: 2 };

  it("lists the nearest, as many as asked for, and nothing of a scan that is missing", () => {
    const scans = [8, FAR, 4, FAR, 6, FAR, FAR, FAR, FAR, ...Array.from({ length: 9 }, () => 5)];
    const ranges = { type: RANGES, rows: 2, data: Float32Array.from(scans), present: Uint8Array.of(1, 0) };
    const listed = rangeScan.run({ params, inputs: { ranges }, outputs: { output } })["output"];
    expect([...(listed?.lengths ?? [])]).toEqual([2, -1]);
    expect([...(listed?.present ?? [])]).toEqual([1, 1, 0, 0]);
    const [ahead = 0, left = 0, half = 0, speed] = listed?.data ?? [];
    expect(Math.hypot(ahead, left) - half).toBeCloseTo(4, 5);
    expect(speed).toBe(1.5);
  });

  it("refuses what is no vector", () => {
    const infer = (ranges: FieldType) =>
      rangeScan.infer({ id: stageId("scan"), params, problem: kitchenSink, inputs: { ranges } });
    expect(infer({ is: "box" }).diagnostics).toMatchObject([
      { code: "type-mismatch", place: { port: "ranges" } },
    ]);
    expect(infer(RANGES).value).toEqual({ output });
  });
});
