import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import type { Column } from "../data/column";
import { evaluateMask, parseMask } from "./mask";

const place = { at: "param", stage: "s", path: ["mask"] } as never;
const parse = (text: string) => parseMask(text, { place, problem: kitchenSink });

const columns: Readonly<Record<string, Column>> = {
  digit: {
    type: { is: "label", classes: ["0", "1"] },
    rows: 3,
    data: Float32Array.of(0, 1, 0),
    present: Uint8Array.of(1, 1, 0),
  },
  place: { type: { is: "box" }, rows: 3, data: new Float32Array(12), present: Uint8Array.of(0, 1, 1) },
  photo: {
    type: { is: "image", heightPx: 1, widthPx: 1, channels: 1 },
    rows: 3,
    data: new Float32Array(3),
    present: Uint8Array.of(1, 0, 1),
  },
};
const rowsOf = (text: string): boolean[] => {
  const mask = parse(text).value;
  if (mask === undefined) throw new Error(text);
  return [0, 1, 2].map((row) => evaluateMask(mask, columns, row));
};

describe("a mask", () => {
  it("is false where something in it is missing", () => {
    expect(rowsOf("digit == 1")).toEqual([false, true, false]);
    expect(rowsOf("digit != 1")).toEqual([true, false, false]);
    expect(rowsOf("not (digit == 1)")).toEqual([true, false, false]);
  });

  it("asks for presence, of images too", () => {
    expect(rowsOf("present(place)")).toEqual([false, true, true]);
    expect(rowsOf("present(photo) and not present(place)")).toEqual([true, false, false]);
    expect(rowsOf("digit == 1 and present(place)")).toEqual([false, true, false]);
  });

  it("is refused with the place in its text", () => {
    expect(parse("digit = 1").diagnostics).toMatchObject([{ code: "mask-syntax", place }]);
    expect(parse("digitt == 1 and present(plce)").diagnostics).toMatchObject([
      { code: "mask-unknown-field", fix: expect.stringContaining("digit") },
      { code: "mask-unknown-field", fix: 'Did you mean "place"?' },
    ]);
    expect(parse("digit + 1").diagnostics).toMatchObject([{ code: "mask-type" }]);
    expect(parse("digit").diagnostics[0]?.fix).toContain("== 1");
  });
});
