import type { FieldType } from "@seams/core";
import { describe, expect, it } from "vitest";
import { galleryProblems } from "./gallery";
import { recordValue, type RecordValue } from "./record-value";
import { valueColumn } from "./value-column";

const digits: FieldType = { is: "sequence", of: { is: "label", classes: ["0", "1"] }, maxLength: 2 };

describe("a value given by hand", () => {
  it.each(galleryProblems.map((problem) => [problem.id, problem] as const))(
    "is what the screen shows of any record of %s",
    async (_, problem) => {
      const { columns } = await problem.load();
      for (const column of Object.values(columns)) {
        for (const row of [0, 1, Math.floor(column.rows / 2), column.rows - 1]) {
          const value = recordValue(column, row);
          const { reason, ...read } = valueColumn(column.type, value);
          expect(reason).toBeUndefined();
          expect("column" in read && recordValue(read.column, 0)).toEqual(value);
        }
      }
    },
    60_000,
  );

  it("is certain: the class that was chosen has probability 1", () => {
    const made = valueColumn({ is: "label", classes: ["a", "b", "c"] }, { is: "label", value: "b" });
    expect(made.reason === undefined && [...(made.column.scores ?? [])]).toEqual([0, 1, 0]);
  });

  it.each<readonly [FieldType, RecordValue, string]>([
    [{ is: "label", classes: ["a", "b"] }, { is: "label", value: "c" }, "expected one of a, b"],
    [{ is: "scalar" }, { is: "number", value: Number.NaN }, "expected a number"],
    [{ is: "box" }, { is: "box", values: [0, 1, 2] }, "expected 4 numbers"],
    [{ is: "vector", size: 2 }, { is: "text", value: "1, 2" }, "expected 2 numbers"],
    [
      { is: "text", alphabet: ["x"], maxLength: 3 },
      { is: "text", value: "xy" },
      '"y" is not in its alphabet',
    ],
    [
      { is: "text", alphabet: ["x"], maxLength: 1 },
      { is: "text", value: "xx" },
      "expected at most 1 characters",
    ],
    [{ is: "flags", names: ["a"] }, { is: "label", value: "a" }, "expected 0 or 1 for a"],
    [digits, { is: "sequence", of: [{ is: "label", value: "2" }] }, "element 1: expected one of 0, 1"],
    [
      digits,
      { is: "sequence", of: [{ is: "missing" }, { is: "missing" }, { is: "missing" }] },
      "expected at most 2 elements",
    ],
    [
      { is: "image", heightPx: 1, widthPx: 1, channels: 1 },
      { is: "image", heightPx: 1, widthPx: 1, channels: 1, base64: "" },
      "expected 1 × 1 × 1 pixels",
    ],
  ])("that a %o cannot hold is refused with the reason", (type, value, reason) => {
    expect(valueColumn(type, value)).toEqual({ reason });
  });
});
