import { describe, expect, it } from "vitest";
import { listed, numberList } from "./number-list";

const rows = { least: 1, most: 1000, whole: true };

describe("a list of numbers in a form", () => {
  it("is sorted, each once, with commas, spaces or lines between", () => {
    expect(listed(numberList("100, 32\n32 316", rows))).toEqual([32, 100, 316]);
  });

  it("may be left empty: then Seams chooses", () => {
    expect(numberList("  ", rows)).toEqual({ is: "usual" });
    expect(listed(numberList("", rows))).toBeUndefined();
  });

  it("says what would be right where it is wrong", () => {
    expect(numberList("0", rows)).toEqual({
      is: "wrong",
      reason: "Write whole numbers with commas between, 1 to 1,000.",
    });
    expect(numberList("1.5", rows).is).toBe("wrong");
    expect(numberList("many", rows).is).toBe("wrong");
    expect(listed(numberList("0.5, 2", { least: 0.1, most: 10, whole: false }))).toEqual([0.5, 2]);
  });
});
