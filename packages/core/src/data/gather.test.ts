import { describe, expect, it } from "vitest";
import type { Column } from "./column";
import { gatherRows, joinColumns, keepRecords, missingColumn, withoutNonFinite } from "./gather";
import { describeValue } from "./words";

const texts: Column = {
  type: { is: "text", alphabet: ["a", "b"], maxLength: 2 },
  rows: 3,
  data: Float32Array.of(0, 1, 1, 0, 0, 0),
  present: Uint8Array.of(1, 1, 0),
  lengths: Int32Array.of(2, 1, -1),
};

describe("gatherRows", () => {
  it("takes records in the order asked for, with their lengths", () => {
    const gathered = gatherRows(texts, Int32Array.of(1, 0, 1));
    expect([0, 1, 2].map((row) => describeValue(gathered, row))).toEqual(["b", "ab", "b"]);
  });

  it("gives back the whole where parts are joined again", () => {
    const parts = [Int32Array.of(0), Int32Array.of(1, 2)].map((rows) => gatherRows(texts, rows));
    expect(joinColumns(parts)).toEqual(texts);
  });
});

describe("missing values", () => {
  it("are those of records that are not kept", () => {
    const kept = keepRecords(texts, (row) => row !== 0);
    expect([...kept.present]).toEqual([0, 1, 0]);
    expect([...(kept.lengths ?? [])]).toEqual([-1, 1, -1]);
    expect([...kept.data.slice(0, 2)]).toEqual([0, 0]);
  });

  it("are labels that are not numbers, slot by slot", () => {
    const flags: Column = {
      type: { is: "flags", names: ["x", "y"] },
      rows: 1,
      data: Float32Array.of(Number.NaN, 1),
      present: Uint8Array.of(1, 1),
    };
    const { present, data } = withoutNonFinite(flags);
    expect([[...present], [...data]]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(withoutNonFinite(texts)).toBe(texts);
  });
});

describe("missingColumn", () => {
  it("has a value in no record", () => {
    expect(describeValue(missingColumn(texts.type, 2), 1)).toBe("–");
  });
});

describe("describeValue", () => {
  const one = (type: Column["type"], values: number[], present: number[], lengths?: number[]): Column => ({
    type,
    rows: 1,
    data: Float32Array.from(values),
    present: Uint8Array.from(present),
    ...(lengths === undefined ? {} : { lengths: Int32Array.from(lengths) }),
  });

  it("says classes, numbers, flags and sequences in words", () => {
    expect(describeValue(one({ is: "label", classes: ["cat", "dog"] }, [1], [1]), 0)).toBe("dog");
    expect(describeValue(one({ is: "label", classes: ["cat", "dog"] }, [-1], [1]), 0)).toBe("no class");
    expect(describeValue(one({ is: "scalar" }, [3.14159], [1]), 0)).toBe("3.14");
    expect(describeValue(one({ is: "flags", names: ["x", "y"] }, [1, 0], [1, 0]), 0)).toBe("x");
    expect(describeValue(one({ is: "flags", names: ["x", "y"] }, [0, 0], [1, 0]), 0)).toBe("none");
    const digits: Column["type"] = { is: "sequence", of: { is: "label", classes: ["0", "1"] }, maxLength: 3 };
    expect(describeValue(one(digits, [1, 0, 0], [1, 0, 0], [2]), 0)).toBe("1 –");
  });
});
