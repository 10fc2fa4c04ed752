import { describe, expect, it } from "vitest";
import { everyType, kitchenSink } from "../../../test/support/problems";
import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { crop } from "./crop";

describeStageKind(crop, {
  params: { rows: 1, columns: 2 },
  problem: kitchenSink,
  types: { image: { is: "image", heightPx: 4, widthPx: 6, channels: 1 } },
});

const image = (heightPx: number, widthPx: number, channels = 1): FieldType => ({
  is: "image",
  heightPx,
  widthPx,
  channels,
});
const params = (given: object) => crop.params.parse(given);
const infer = (given: object, inputs: Readonly<Record<string, FieldType>>) =>
  crop.infer({ id: stageId("c"), problem: kitchenSink, params: params(given), inputs });

/** One image whose pixel at row y, column x is 10y + x. */
const ramp = (heightPx: number, widthPx: number): Column => ({
  type: image(heightPx, widthPx),
  rows: 1,
  data: Float32Array.from(
    { length: heightPx * widthPx },
    (_, k) => 10 * Math.floor(k / widthPx) + (k % widthPx),
  ),
  present: Uint8Array.of(1),
});
const boxes = (...values: number[]): Column => ({
  type: { is: "box" },
  rows: 1,
  data: Float32Array.from(values),
  present: Uint8Array.of(1),
});

describe("cropping a grid", () => {
  it("gives a sequence of tiles", () => {
    expect(infer({ rows: 2, columns: 3 }, { image: image(4, 6, 3) }).value).toEqual({
      output: { is: "sequence", of: image(2, 2, 3), maxLength: 6 },
    });
    expect(infer({ columns: 4 }, { image: image(4, 6) }).diagnostics).toMatchObject([
      { code: "grid-does-not-divide" },
    ]);
    expect(infer({}, { image: { is: "scalar" } }).diagnostics).toMatchObject([{ code: "type-mismatch" }]);
    expect(infer({}, {})).toEqual({ value: {}, diagnostics: [] });
  });

  it("cuts row by row", () => {
    const type: FieldType = { is: "sequence", of: image(2, 2) as never, maxLength: 4 };
    const { output } = crop.run({
      params: params({ rows: 2, columns: 2 }),
      inputs: { image: ramp(4, 4) },
      outputs: { output: type },
    });
    expect([...(output?.data ?? [])]).toEqual([0, 1, 10, 11, 2, 3, 12, 13, 20, 21, 30, 31, 22, 23, 32, 33]);
    expect([...(output?.present ?? [])]).toEqual([1, 1, 1, 1]);
    expect([...(output?.lengths ?? [])]).toEqual([4]);
  });

  it("shows each tile's neighbours at its sides, and nothing beyond the image", () => {
    expect(infer({ columns: 2, overlap: 1 }, { image: image(2, 4) }).value).toEqual({
      output: { is: "sequence", of: image(2, 4), maxLength: 2 },
    });
    const type: FieldType = { is: "sequence", of: image(2, 4) as never, maxLength: 2 };
    const { output } = crop.run({
      params: params({ columns: 2, overlap: 1 }),
      inputs: { image: ramp(2, 4) },
      outputs: { output: type },
    });
    expect([...(output?.data ?? [])]).toEqual([0, 0, 1, 2, 0, 10, 11, 12, 1, 2, 3, 0, 11, 12, 13, 0]);
  });

  it("gives no tiles of a missing image", () => {
    const type: FieldType = { is: "sequence", of: image(1, 1) as never, maxLength: 2 };
    const missing = { ...ramp(1, 2), present: Uint8Array.of(0) };
    const { output } = crop.run({
      params: params({ columns: 2 }),
      inputs: { image: missing },
      outputs: { output: type },
    });
    expect([...(output?.lengths ?? [])]).toEqual([-1]);
    expect([...(output?.present ?? [])]).toEqual([0, 0]);
  });
});

describe("cropping a box", () => {
  const cut = (box: Column, heightPx: number, widthPx: number) =>
    crop.run({
      params: params({ mode: "box", heightPx, widthPx }),
      inputs: { image: ramp(4, 4), box },
      outputs: { output: image(heightPx, widthPx) },
    })["output"];

  it("needs a box, and keeps the channels", () => {
    expect(crop.inputs(params({ mode: "box" }), kitchenSink).map(({ name }) => name)).toEqual([
      "image",
      "box",
    ]);
    const inputs = { image: image(4, 6, 3), box: everyType["place"] as FieldType };
    expect(infer({ mode: "box", heightPx: 8, widthPx: 9 }, inputs).value).toEqual({ output: image(8, 9, 3) });
    expect(infer({ mode: "box" }, { ...inputs, box: { is: "vector", size: 4 } }).diagnostics).toMatchObject([
      { code: "type-mismatch" },
    ]);
  });

  it("of the whole frame is the image", () => {
    expect(cut(boxes(0.5, 0.5, 1, 1), 4, 4)?.data).toEqual(ramp(4, 4).data);
  });

  it("mixes neighbours: the mean of four pixels for a quarter of the frame in one", () => {
    expect([...(cut(boxes(0.5, 0.5, 0.5, 0.5), 1, 1)?.data ?? [])]).toEqual([16.5]);
    expect([...(cut(boxes(0.25, 0.25, 0.5, 0.5), 2, 2)?.data ?? [])]).toEqual([0, 1, 10, 11]);
  });

  it("repeats the edge beyond the frame, and is missing where the box is", () => {
    expect([...(cut(boxes(0, 0, 0.5, 0.5), 2, 2)?.data ?? [])]).toEqual([0, 0, 0, 0]);
    expect(cut({ ...boxes(0, 0, 1, 1), present: Uint8Array.of(0) }, 2, 2)?.present[0]).toBe(0);
  });

  it("lets no gradient to the box", () => {
    expect(crop.gradient(params({ mode: "box" }), "box")).toBe("blocked");
    expect(crop.gradient(params({ mode: "box" }), "image")).toBe("surrogate");
  });
});
