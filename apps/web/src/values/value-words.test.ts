import type { FieldType } from "@seams/core";
import { describe, expect, it } from "vitest";
import { valueWords } from "./value-words";

const label: FieldType = { is: "label", classes: ["cat", "dog"] };

describe("a value in words", () => {
  it("never calls a missing label 0", () => {
    expect(valueWords({ is: "scalar" }, { is: "missing" }, "target")).toBe("not labelled");
    expect(valueWords({ is: "scalar" }, { is: "missing" }, "input")).toBe("missing");
    expect(valueWords({ is: "scalar" }, { is: "number", value: 0 }, "target")).toBe("0");
  });

  it("keeps the missing elements of a sequence apart from the others", () => {
    const type: FieldType = { is: "sequence", of: label, maxLength: 3 };
    const of = [{ is: "label" as const, value: "dog" }, { is: "missing" as const }];
    expect(valueWords(type, { is: "sequence", of }, "intermediate")).toBe("dog, not labelled");
    expect(valueWords(type, { is: "sequence", of: [] }, "intermediate")).toBe("empty");
  });

  it("tells flags that are off from flags that nobody has set", () => {
    const type: FieldType = { is: "flags", names: ["a", "b", "c"] };
    expect(valueWords(type, { is: "flags", values: { a: 1, b: 0, c: null } }, "target")).toBe(
      "a; not labelled: c",
    );
    expect(valueWords(type, { is: "flags", values: { a: 0, b: 0, c: 0 } }, "target")).toBe("none set");
  });

  it("gives numbers their unit, and long vectors their range", () => {
    expect(valueWords({ is: "scalar", unit: "km/h" }, { is: "number", value: 1.5 }, "target")).toBe(
      "1.5 km/h",
    );
    expect(valueWords({ is: "vector", size: 5 }, { is: "numbers", values: [0, -1, 2, 0, 0] }, "input")).toBe(
      "5 numbers, -1 to 2",
    );
    expect(
      valueWords(
        { is: "signal", samples: 4, sampleRateHz: 4 },
        { is: "numbers", values: [0, 1, 0, 0] },
        "input",
      ),
    ).toBe("1.00 s at 4 Hz, peak 1.00");
  });

  it("says where a box is in its frame", () => {
    expect(valueWords({ is: "box" }, { is: "box", values: [0.5, 0.25, 0.1, 0.2] }, "target")).toBe(
      "centre 50 % from the left, 25 % from the top; 10 % wide, 20 % high",
    );
  });
});
